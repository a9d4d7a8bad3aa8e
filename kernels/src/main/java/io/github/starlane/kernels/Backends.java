package io.github.starlane.kernels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Chooses the backend, once per run. */
public final class Backends {

  private static final int MOST_FAILURES = 10;

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
    Iterator<BackendProvider> all = ServiceLoader.load(BackendProvider.class).iterator();
    // A service file without end that cannot be read would fail for ever.
    for (int failures = 0; failures < MOST_FAILURES; ) {
      try {
        if (!all.hasNext()) {
          break;
        }
        providers.add(all.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        failures++;
        providers.add(new BrokenProvider(e.toString()));
      }
    }
    providers.sort(Comparator.comparingInt(BackendProvider::rank).reversed());
    return providers;
  }

  private static Selection best(List<BackendProvider> providers) {
    List<String> remarks = new ArrayList<>();
    for (BackendProvider provider : providers) {
      try {
        BackendProvider.Availability availability = provider.probe();
        if (availability.usable()) {
          return new Selection(provider.open(), List.copyOf(remarks));
        }
        remarks.add(provider.name() + " backend not used: " + availability.detail());
      } catch (RuntimeException | LinkageError e) {
        remarks.add(provider.name() + " backend not used: it failed when opened: " + e);
      }
    }
    throw new UnavailableException("no backend can be used: " + String.join("; ", remarks));
  }

  /**
   * Stands for a provider that could not be loaded.
   *
   * @param why what was thrown
   */
  private record BrokenProvider(String why) implements BackendProvider {

    @Override
    public String name() {
      return "broken";
    }

    @Override
    public int rank() {
      return Integer.MAX_VALUE;
    }

    @Override
    public Availability probe() {
      return new Availability(false, "it cannot be loaded: " + why);
    }

    @Override
    public Backend open() {
      throw new UnavailableException(why);
    }
  }

  private static String names(List<BackendProvider> providers) {
    return String.join(", ", providers.stream().map(BackendProvider::name).toList());
  }
}
