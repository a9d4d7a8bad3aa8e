package io.github.starlane.core.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTypeTest {
  @ParameterizedTest
  @CsvSource({
    "Bias Frame, BIAS",
    "BIAS, BIAS",
    "zero, BIAS",
    "Dark Frame, DARK",
    "dark, DARK",
    "DARKFLAT, DARK",
    "Flat Dark, DARK",
    "Flat Field, FLAT",
    "FLAT, FLAT",
    "twflat, FLAT",
    "domeflat, FLAT",
    "'FLAT,SKY', FLAT",
    "'FLAT,LAMP', FLAT",
    "LAMPFLAT, FLAT",
    "Light Frame, SCIENCE",
    "LIGHT, SCIENCE",
    "object, SCIENCE",
    "sci, SCIENCE",
    "Science, SCIENCE",
    "EXPOSE, SCIENCE",
    "'OBJECT,SKY', SCIENCE",
    "STD, SCIENCE",
    "sky, SCIENCE",
    "focus, OTHER",
    "ARC, OTHER",
    "comp, OTHER",
    "'WAVE,LAMP', OTHER",
    "fringe, OTHER",
    "MASTER DARK, OTHER",
    "masterflat, OTHER",
    "test, OTHER"
  })
  void spellings(String text, FrameType type) {
    assertThat(FrameType.parse(text)).contains(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "42", "M 31", "unknown"})
  void unknown(String text) {
    assertThat(FrameType.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bias, BIAS",
    "Biases, BIAS",
    "darks, DARK",
    "Dark Flat, DARK",
    "skyflats, FLAT",
    "Flat, FLAT",
    "LIGHTS, SCIENCE",
    "science, SCIENCE",
    "focus, OTHER",
    "master, OTHER"
  })
  void singleWords(String word, FrameType type) {
    assertThat(FrameType.ofWord(word)).contains(type);
  }

  /** Words of folders and targets that merely contain the name of a type. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "archive",
        "search",
        "latest",
        "compressed",
        "darkness",
        "Dark cloud LDN 1622",
        "Flatiron",
        "skylight",
        "computer",
        "scipio",
        "log",
        "m31"
      })
  void wordsThatNameNoType(String word) {
    assertThat(FrameType.ofWord(word)).isEmpty();
  }
}
