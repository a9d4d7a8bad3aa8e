package io.github.starlane.core.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.Yaml;
import io.github.starlane.core.astrometry.solve.AstrometrySettings;
import io.github.starlane.core.background.BackgroundSettings;
import io.github.starlane.core.calibration.CalibrationSettings;
import io.github.starlane.core.frame.CropGrid;
import io.github.starlane.core.psf.PsfSettings;
import io.github.starlane.core.source.SourceSettings;
import io.github.starlane.core.streak.StreakSettings;
import io.github.starlane.core.visit.VisitSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * All settings of a reduction. The defaults and their meaning stand in {@code defaults.yaml} beside
 * this class.
 *
 * @param crop layout of crops where the instrument's profile gives none
 * @param calibration masters
 * @param background sky level
 * @param psf point-spread function
 * @param source finding and measuring
 * @param streak lines of light
 * @param astrometry world coordinates
 * @param visit bringing epochs together
 */
public record PipelineConfig(
    CropGrid.Layout crop,
    CalibrationSettings calibration,
    BackgroundSettings background,
    PsfSettings psf,
    SourceSettings source,
    StreakSettings streak,
    AstrometrySettings astrometry,
    VisitSettings visit) {

  /**
   * The defaults, with a file laid over them and single settings over both.
   *
   * @param file YAML, or null
   * @param settings as {@code crop.size=900}
   * @throws StarlaneException (exit code 2) naming the setting that cannot be used
   */
  public static PipelineConfig load(Path file, List<String> settings) {
    JsonNode tree = Yaml.resource(PipelineConfig.class, "defaults.yaml");
    String source = "--set";
    if (file != null) {
      source = file.toString();
      tree = Yaml.overlay(tree, Yaml.file(file));
      Yaml.bind(tree, PipelineConfig.class, source);
    }
    for (String setting : settings) {
      tree = Yaml.overlay(tree, parse(setting));
      source = "--set " + setting;
      Yaml.bind(tree, PipelineConfig.class, source);
    }
    return Yaml.bind(tree, PipelineConfig.class, source);
  }

  private static JsonNode parse(String setting) {
    int equals = setting.indexOf('=');
    if (equals <= 0) {
      throw new StarlaneException(
          ExitCode.USAGE,
          "cannot use the settings",
          setting,
          "it has no key and value",
          "write it as key.key=value, e.g. crop.size=900");
    }
    String[] keys = setting.substring(0, equals).strip().split("\\.");
    JsonNode node = Yaml.value(setting.substring(equals + 1).strip());
    for (int k = keys.length - 1; k >= 0; k--) {
      ObjectNode outer = Yaml.object();
      outer.set(keys[k], node);
      node = outer;
    }
    return node;
  }

  /** Fingerprint of all settings: equal settings have equal ones. */
  public String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
