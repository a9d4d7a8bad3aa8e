package io.github.starlane.core.pipeline;

/** Version of the program, as written into every product. */
final class Version {
  /** From the jar's manifest; "development" when run from class files. */
  static final String VERSION = read();

  private Version() {}

  private static String read() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
