package io.github.starlane.core.fits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1:6388,25:9600]",
        "[1 6388 25 9600]",
        " [1:6388, 25:9600] ",
        "1,6388,25,9600",
        "[ 1 : 6388 , 25 : 9600 ]"
      })
  void bothWaysOfWriting(String text) {
    assertThat(Section.parse(text)).contains(new Section(0, 24, 6388, 9576));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "[*,*]",
        "[0:10,1:10]",
        "[5:1,1:10]",
        "[1:10]",
        "[-3:4,1:2]",
        "all",
        "[1:99999999999999999999,1:2]"
      })
  void noSection(String text) {
    assertThat(Section.parse(text)).isEmpty();
  }

  @Test
  void fits() {
    Section s = new Section(2, 3, 10, 20);
    assertThat(s.fits(12, 23)).isTrue();
    assertThat(s.fits(11, 23)).isFalse();
    assertThat(s.fits(12, 22)).isFalse();
    assertThat(Section.parse("[999999999:999999999,1:1]").orElseThrow().fits(10, 10)).isFalse();
    assertThat(Section.parse(s.toLast())).contains(s);
  }
}
