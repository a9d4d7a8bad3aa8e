package io.github.starlane.kernels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Chooses the backend, once per run. */
public final class Backends {

  private Backends() {}

  /**
   * The outcome of a choice.
   *
   * @param backend the opened backend
   * @param remarks one line for each backend that was passed over, with its reason
   */
  public record Selection(Backend backend, List<String> remarks) {}

  /** A backend by that name exists, but it cannot be used here; or there is none of that name. */
  public static final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnavailableException(String message) {
      super(message);
    }
  }

  /**
   * Opens a backend.
   *
   * @param name {@code auto} (the best that is usable), or the name of one
   * @throws UnavailableException if the named backend is unknown or cannot be used, with the reason
   */
  public static Selection select(String name) {
    List<BackendProvider> providers = providers();
    if (name.equals("auto")) {
      return best(providers);
    }
    for (BackendProvider provider : providers) {
      if (provider.name().equals(name)) {
        BackendProvider.Availability availability = provider.probe();
        if (!availability.usable()) {
          throw new UnavailableException(
              "backend " + name + " cannot be used: " + availability.detail());
        }
        return new Selection(provider.open(), List.of());
      }
    }
    throw new UnavailableException(
        "there is no backend named " + name + "; known: " + names(providers));
  }

  /** All providers on the class path, best first. */
  public static List<BackendProvider> providers() {
    List<BackendProvider> providers = new ArrayList<>();
    ServiceLoader.load(BackendProvider.class).forEach(providers::add);
    providers.sort(Comparator.comparingInt(BackendProvider::rank).reversed());
    return providers;
  }

  private static Selection best(List<BackendProvider> providers) {
    List<String> remarks = new ArrayList<>();
    for (BackendProvider provider : providers) {
      BackendProvider.Availability availability = provider.probe();
      if (availability.usable()) {
        return new Selection(provider.open(), List.copyOf(remarks));
      }
      remarks.add(provider.name() + " backend not used: " + availability.detail());
    }
    throw new UnavailableException("no backend can be used: " + String.join("; ", remarks));
  }

  private static String names(List<BackendProvider> providers) {
    return String.join(", ", providers.stream().map(BackendProvider::name).toList());
  }
}
