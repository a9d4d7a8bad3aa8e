package io.github.starlane.core.instrument;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.Yaml;
import io.github.starlane.core.fits.FitsHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The profiles that come with the program, and those that users write. */
public final class InstrumentProfiles {
  private static final List<String> BUILT_IN = List.of("last", "ratir", "generic");

  private final List<InstrumentProfile> profiles;

  private InstrumentProfiles(List<InstrumentProfile> profiles) {
    this.profiles = profiles;
  }

  /** All built-in profiles: the specific ones first, {@code generic} last. */
  public static InstrumentProfiles builtIn() {
    return new InstrumentProfiles(
        BUILT_IN.stream()
            .map(
                n ->
                    ProfileCheck.checked(
                        Yaml.resource(InstrumentProfiles.class, n + ".yaml"), n + ".yaml"))
            .toList());
  }

  /**
   * The profiles of a folder ({@code *.yaml}, in the order of their names) before the built-in
   * ones, so that a user's camera is recognised like any other.
   *
   * @param folder need not exist
   * @throws StarlaneException (exit code 2) if a file there is no profile
   */
  public static InstrumentProfiles with(Path folder) {
    List<InstrumentProfile> all = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(f -> f.getFileName().toString().endsWith(".yaml"))
            .sorted()
            .forEach(f -> all.add(ProfileCheck.checked(Yaml.file(f), f.toString())));
      } catch (IOException e) {
        throw new StarlaneException(
            ExitCode.USAGE,
            "cannot read the instrument profiles",
            folder.toString(),
            String.valueOf(e.getMessage()),
            "check the folder's permissions",
            e);
      }
    }
    all.addAll(builtIn().profiles);
    return new InstrumentProfiles(List.copyOf(all));
  }

  /**
   * Where users keep profiles of their own: $STARLANE_INSTRUMENTS, else
   * ~/.config/starlane/instruments.
   */
  public static Path userFolder() {
    String named = System.getenv("STARLANE_INSTRUMENTS");
    return named != null && !named.isBlank()
        ? Path.of(named)
        : Path.of(System.getProperty("user.home"), ".config", "starlane", "instruments");
  }

  /**
   * Only the profile that the user names.
   *
   * @param nameOrFile name of a built-in profile, or path of a YAML file
   * @throws StarlaneException (exit code 2) if there is neither, or the file is no profile
   */
  public static InstrumentProfiles only(String nameOrFile) {
    for (InstrumentProfile profile : with(userFolder()).profiles) {
      if (profile.name().equals(nameOrFile)) {
        return new InstrumentProfiles(List.of(profile));
      }
    }
    Path file = Path.of(nameOrFile);
    if (Files.isRegularFile(file)) {
      return new InstrumentProfiles(List.of(ProfileCheck.checked(Yaml.file(file), nameOrFile)));
    }
    throw new StarlaneException(
        ExitCode.USAGE,
        "unknown instrument",
        nameOrFile,
        "it is neither a built-in profile (" + String.join(", ", BUILT_IN) + ") nor a YAML file",
        "did you mean \"" + Yaml.nearest(nameOrFile, BUILT_IN) + "\"?");
  }

  /** The profiles in the order in which they are tried. */
  public List<InstrumentProfile> profiles() {
    return List.copyOf(profiles);
  }

  /** The profile for a frame: the first whose rules match; with a single profile, that one. */
  public InstrumentProfile choose(Path file, FitsHeader header) {
    if (profiles.size() == 1) {
      return profiles.get(0);
    }
    return profiles.stream()
        .filter(p -> p.recognise().stream().anyMatch(rule -> holds(rule, file, header)))
        .findFirst()
        .orElse(profiles.get(profiles.size() - 1));
  }

  private static boolean holds(InstrumentProfile.Rule rule, Path file, FitsHeader header) {
    String value =
        rule.keyword() == null
            ? file.getFileName().toString()
            : header.string(rule.keyword()).orElse("");
    return Pattern.compile(rule.matches(), Pattern.CASE_INSENSITIVE).matcher(value).matches();
  }
}
