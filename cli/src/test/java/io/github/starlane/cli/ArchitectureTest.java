package io.github.starlane.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The plan of the house, docs/architecture.md, as far as imports can tell. A package that is not
 * there yet breaks no rule.
 */
class ArchitectureTest {

  private static final String ROOT = "io.github.starlane.";

  /** java-core's rooms in the order the light passes; each may use only those before it. */
  private static final List<String> ROOMS =
      List.of(
          "fits",
          "instrument",
          "frame",
          "calibration",
          "quality",
          "background",
          "psf",
          "streak",
          "source",
          "astrometry",
          "photometry",
          "visit",
          "sky",
          "product",
          "report",
          "pipeline");

  private static JavaClasses all;

  @BeforeAll
  static void read() {
    all =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.starlane");
  }

  @Test
  void classesWereFound() {
    assertThat(all.stream().map(c -> c.getPackageName().replace(ROOT, "").split("\\.")[0]))
        .contains("kernels", "testdata", "core", "cli");
  }

  @Test
  void kernelsImportNoOtherModule() {
    mustNotUse("kernels", "cuda", "testdata", "core", "cli", "benchmarks");
  }

  @Test
  void cudaImportsKernelsOnly() {
    mustNotUse("cuda", "testdata", "core", "cli", "benchmarks");
  }

  @Test
  void testdataSharesNoCodeWithWhatItTests() {
    mustNotUse("testdata", "kernels", "cuda", "core", "cli", "benchmarks");
  }

  @Test
  void coreImportsKernelsOnly() {
    mustNotUse("core", "cuda", "testdata", "cli", "benchmarks");
  }

  @Test
  void kernelsKnowArraysNotFilesFormatsOrLogs() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "kernels..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("nom.tam..", "org.slf4j..", "ch.qos..", "java.nio.file..")
        .orShould()
        .dependOnClassesThat(
            // Serialisation of exceptions brings java.io.Serializable in; that is no file.
            resideInAPackage("java.io..")
                .and(
                    com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are not Serializable", c -> !c.getName().equals("java.io.Serializable"))))
        .allowEmptyShould(true)
        .check(all);
  }

  static List<String> rooms() {
    return ROOMS;
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void roomUsesOnlyEarlierRooms(String room) {
    List<String> later = new ArrayList<>();
    for (String other : ROOMS.subList(ROOMS.indexOf(room) + 1, ROOMS.size())) {
      later.add(ROOT + "core." + other + "..");
    }
    if (!later.isEmpty()) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + "core." + room + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later.toArray(String[]::new))
          .allowEmptyShould(true)
          .check(all);
    }
  }

  @Test
  void everyRoomOfCoreIsInThePlan() {
    classes()
        .that()
        .resideInAPackage(ROOT + "core.*..")
        .should()
        .resideInAnyPackage(
            ROOMS.stream().map(r -> ROOT + "core." + r + "..").toArray(String[]::new))
        .allowEmptyShould(true)
        .check(all);
  }

  @Test
  void onlyTheProgramPrints() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "cli..", ROOT + "benchmarks..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(all);
  }

  @Test
  void onlyTheProgramEndsTheProgram() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "cli..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(all);
  }

  /** Numbers in headers, file names and messages must not change with the user's language. */
  @Test
  void noTextDependsOnTheUsersLanguage() {
    noClasses()
        .should()
        .callMethod(String.class, "format", String.class, Object[].class)
        .orShould()
        .callMethod(String.class, "formatted", Object[].class)
        .orShould()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .check(all);
  }

  private static void mustNotUse(String module, String... others) {
    String[] packages = new String[others.length];
    for (int i = 0; i < others.length; i++) {
      packages[i] = ROOT + others[i] + "..";
    }
    noClasses()
        .that()
        .resideInAPackage(ROOT + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .allowEmptyShould(true)
        .check(all);
  }
}
