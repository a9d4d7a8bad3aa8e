package io.github.starlane.cli;

import org.slf4j.LoggerFactory;

/**
 * Brings the Vector API into the running JVM.
 *
 * <p>Resolved at start ({@code --add-modules}) the module makes the JVM print a warning that it is
 * an incubator module, on every run and with no switch against it. Loaded later, as the JVM does
 * with its own agents, it is the same module with the same intrinsics, without the warning. That
 * needs {@code --add-exports java.base/jdk.internal.module=ALL-UNNAMED}, which the launcher gives.
 */
final class VectorModule {

  private static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  /** Loads the module if it is not there; without it the simd backend says that it is unusable. */
  static void load() {
    if (ModuleLayer.boot().findModule(NAME).isPresent()) {
      return;
    }
    try {
      Class.forName("jdk.internal.module.Modules")
          .getMethod("loadModule", String.class)
          .invoke(null, NAME);
    } catch (ReflectiveOperationException | RuntimeException e) {
      LoggerFactory.getLogger(VectorModule.class).info("the Vector API cannot be loaded", e);
    }
  }
}
