package io.github.starlane.core.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
  private static final Map<String, Double> KEYWORDS =
      Map.of("GAIN", 4.0, "A_1", 3.0, "CCD-TEMP", -20.0, "HIERARCH ESO DET RON", 2.5, "ZERO", 0.0);

  private static OptionalDouble evaluate(String text) {
    return new Expression(text)
        .evaluate(
            key ->
                KEYWORDS.containsKey(key)
                    ? OptionalDouble.of(KEYWORDS.get(key))
                    : OptionalDouble.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "1 + 2 * 3, 7",
    "(1 + 2) * 3, 9",
    "10 - 4 - 3, 3",
    "64 / 4 / 2, 8",
    "2 ^ 3 ^ 2, 512",
    "2 * 3 ^ 2, 18",
    "-2 ^ 2, -4",
    "2 ^ -1, 0.5",
    "2 * -3, -6",
    "--5, 5",
    "1.5e3 + .5, 1500.5",
    "2E-2, 0.02",
    "65536 / GAIN - 1, 16383",
    "A_1*GAIN, 12",
    "`CCD-TEMP` + 273.15, 253.15",
    "2 * `HIERARCH ESO DET RON`, 5",
    "'  GAIN  ', 4"
  })
  void value(String text, double value) {
    assertThat(evaluate(text).orElseThrow()).isEqualTo(value, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"NONE", "GAIN + NONE", "0 * NONE", "1 / ZERO", "ZERO / ZERO", "(-1) ^ 0.5"})
  void emptyWithoutAValue(String text) {
    assertThat(evaluate(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1",
    "1 +, 4",
    "(1 + 2, 7",
    "1 2, 3",
    "GAIN $ 2, 6",
    "* 3, 1",
    "`CCD-TEMP, 1",
    "1.2.3, 1",
    "3 * 2e, 5",
    "1 + ), 5"
  })
  void errorsNameThePosition(String text, int position) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Expression(text))
        .withMessage("cannot understand \"" + text + "\" at position " + position);
  }

  @Test
  void printsAsItWasWritten() {
    assertThat(new Expression("1 +GAIN")).hasToString("1 +GAIN");
  }
}
