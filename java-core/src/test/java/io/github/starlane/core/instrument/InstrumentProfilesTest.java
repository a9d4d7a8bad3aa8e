package io.github.starlane.core.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.fits.FitsFile;
import io.github.starlane.core.fits.FitsHeader;
import io.github.starlane.core.fits.TestFits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import nom.tam.fits.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstrumentProfilesTest {
  private static final String LAST_NAME =
      "LAST.01.02.03_20260115.194144.510_clear_923_001_001_001_sci_raw_Image_1.fits";

  @TempDir Path folder;

  private InstrumentProfiles user(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.yaml"), yaml);
    return InstrumentProfiles.only(file.toString());
  }

  private static InstrumentProfile chosen(Path path) {
    try (FitsFile file = FitsFile.open(path)) {
      return InstrumentProfiles.builtIn().choose(path, file.hdus().get(0).header());
    }
  }

  @Test
  void builtInProfilesLoadWithTheGeneralOneLast() {
    assertThat(InstrumentProfiles.builtIn().profiles())
        .extracting(InstrumentProfile::name)
        .containsExactly("last", "ratir", "generic");
  }

  @ParameterizedTest
  @CsvSource({
    "x.fits, PROJNAME= 'LAST.01.02.03', last",
    "x.fits, FULLPROJ= 'last.01.02.03', last",
    LAST_NAME + ", OBJECT  = 'x', last",
    "x.fits, INSTRUME= 'RATIR', ratir",
    "x.fits, INSTRUME= 'RATIR-2', generic",
    "x.fits, OBJECT  = 'LAST.01', generic"
  })
  void frameIsRecognised(String name, String card, String profile) {
    Path path = TestFits.withCards(16, 2, 1, card).write(folder.resolve(name));
    assertThat(chosen(path).name()).isEqualTo(profile);
  }

  @ParameterizedTest
  @ValueSource(strings = {"last", "ratir", "generic"})
  void namedProfileIsTheOnlyOne(String name) {
    assertThat(InstrumentProfiles.only(name).profiles())
        .extracting(InstrumentProfile::name)
        .containsExactly(name);
  }

  @Test
  void unknownNameNamesTheNearest() {
    assertThatExceptionOfType(StarlaneException.class)
        .isThrownBy(() -> InstrumentProfiles.only("lats"))
        .withMessageContaining("did you mean \"last\"?")
        .satisfies(e -> assertThat(e.exitCode().number()).isEqualTo(2));
  }

  @Test
  void usersProfile() throws IOException {
    InstrumentProfiles mine =
        user(
            """
            name: mine
            description: the camera in my garden
            keywords: {type: [KIND]}
            numbers: {gain: ['2 * EGAIN']}
            geometries:
              - {width: 100, height: 50, light: '[5:100,1:50]'}
            """);
    InstrumentProfile profile = mine.profiles().get(0);
    assertThat(profile.name()).isEqualTo("mine");
    assertThat(profile.recognise()).isEmpty();
    assertThat(profile.geometries().get(0).columns()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: x\\nkeyword: {}|there is no setting \"keyword\"|did you mean \"keywords\"?",
        "name: x\\nkeywords: {typ: [A]}|there is no \"typ\" under keywords|did you mean \"type\"?",
        "name: x\\nnumbers: {readnoise: ['3']}|under numbers|did you mean \"readNoise\"?",
        "name: x\\nnumbers: {gain: ['2 *']}|cannot understand \"2 *\" at position 4|formula",
        "name: x\\nfileName: '(a'|regular expression|correct it",
        "name: x\\nrecognise: [{keyword: A}]|has no \"matches\"|regular expression",
        "name: x\\ngeometries: [{light: 'all'}]|\"all\" under geometries is no section|[x1:x2,y1:y2]",
        "name: x\\ngeometries: [{columns: 4}]|columns, rows and cropSize|all three",
        "name: x\\ngeometries: [{width: wide}]|wide|correct",
        "description: x|it has no name|name:",
        "name: x\\nname: y|uplicate|mend the YAML",
        "name: [x|line 1|mend the YAML",
        "''|it has no name|name:"
      })
  void faultsOfAProfileAreToldWhenItIsRead(String yaml, String why, String remedy) {
    assertThatExceptionOfType(StarlaneException.class)
        .isThrownBy(() -> user(yaml.replace("\\n", "\n")))
        .withMessageContaining("mine.yaml")
        .withMessageContaining(why)
        .withMessageContaining(remedy)
        .satisfies(e -> assertThat(e.exitCode().number()).isEqualTo(2));
  }

  @Test
  void aProfileInTheUsersFolderIsTriedBeforeTheBuiltInOnes() throws IOException {
    Files.writeString(
        folder.resolve("mine.yaml"),
        "name: mine\ndescription: my camera\nrecognise: [{keyword: INSTRUME, matches: 'MyCam.*'}]\n");
    InstrumentProfiles profiles = InstrumentProfiles.with(folder);
    Header cards = new Header();
    cards.addValue("INSTRUME", "MyCam 3", "");
    FitsHeader mine = new FitsHeader(cards);
    assertThat(profiles.choose(Path.of("a.fits"), mine).name()).isEqualTo("mine");
    assertThat(
            InstrumentProfiles.with(folder.resolve("absent"))
                .choose(Path.of("a.fits"), mine)
                .name())
        .isEqualTo("generic");
  }
}
