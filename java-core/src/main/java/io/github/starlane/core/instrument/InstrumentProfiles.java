package io.github.starlane.core.instrument;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.Yaml;
import io.github.starlane.core.fits.FitsHeader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

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
   * Only the profile that the user names.
   *
   * @param nameOrFile name of a built-in profile, or path of a YAML file
   * @throws StarlaneException (exit code 2) if there is neither, or the file is no profile
   */
  public static InstrumentProfiles only(String nameOrFile) {
    for (InstrumentProfile profile : builtIn().profiles) {
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
