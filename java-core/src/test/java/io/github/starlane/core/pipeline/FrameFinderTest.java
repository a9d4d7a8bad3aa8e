package io.github.starlane.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.starlane.core.StarlaneException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameFinderTest {
  @TempDir Path folder;

  private Path touch(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "x");
  }

  private List<String> find(Path output, Path... inputs) {
    return FrameFinder.find(List.of(inputs), output).stream()
        .map(f -> folder.relativize(f.toAbsolutePath().normalize()).toString())
        .toList();
  }

  @Test
  void namesOfFitsFilesInAllFolders() throws IOException {
    for (String name :
        List.of("b/2.fit", "a.fits", "b/c/3.FTS", "d.fits.gz", "e.FIT.gz", "f g:1.fits.fz")) {
      touch(name);
    }
    for (String name : List.of("notes.txt", ".hidden.fits", "fits", "x.fits.txt", "y.fits.bz2")) {
      touch(name);
    }
    assertThat(find(null, folder))
        .containsExactly(
            "a.fits", "b/2.fit", "b/c/3.FTS", "d.fits.gz", "e.FIT.gz", "f g:1.fits.fz");
  }

  @Test
  void theOutputIsNoInput() throws IOException {
    touch("raw.fits");
    touch("out/product.fits");
    assertThat(find(folder.resolve("out"), folder)).containsExactly("raw.fits");
    assertThat(find(folder.resolve("./x/../out"), folder)).containsExactly("raw.fits");
    assertThat(find(folder.resolve("out"), folder.resolve("out")))
        .containsExactly("out/product.fits");
  }

  @Test
  void aFileThatIsNamedIsTakenWhateverItIsCalled() throws IOException {
    assertThat(find(null, touch("frame.dat"))).containsExactly("frame.dat");
  }

  @Test
  void eachFrameOnce() throws IOException {
    touch("b/2.fits");
    assertThat(find(null, folder, folder.resolve("b"), folder.resolve("./b/../b/2.fits")))
        .containsExactly("b/2.fits");
  }

  @Test
  void linksAreFollowedAndLoopsAreNot() throws IOException {
    touch("b/2.fits");
    Files.createSymbolicLink(folder.resolve("b/loop"), folder.resolve("b"));
    Files.createSymbolicLink(folder.resolve("b/nowhere.fits"), folder.resolve("absent"));
    assertThat(find(null, folder)).containsExactly("b/2.fits", "b/nowhere.fits");
  }

  @Test
  void aFrameThatIsReachedThroughALinkCountsOnce() throws IOException {
    touch("night/1.fits");
    touch("night/2.fits");
    Files.createSymbolicLink(folder.resolve("best.fits"), folder.resolve("night/2.fits"));
    Files.createSymbolicLink(folder.resolve("tonight"), folder.resolve("night"));
    assertThat(find(null, folder)).containsExactly("best.fits", "night/1.fits");
    assertThat(find(null, folder.resolve("night"), folder.resolve("tonight"))).hasSize(2);
  }

  /** Whoever runs the tests may be allowed to read everything, so the walk is told so. */
  @Test
  void aNamedFolderThatCannotBeReadIsAFailureAndOneDeeperDownIsNot() throws IOException {
    FrameFinder.Visitor visitor = new FrameFinder.Visitor(folder, null, new TreeSet<>());
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(
            () -> visitor.visitFileFailed(folder, new AccessDeniedException(folder.toString())));
    Path deeper = folder.resolve("deeper");
    assertThat(visitor.visitFileFailed(deeper, new AccessDeniedException(deeper.toString())))
        .isEqualTo(FileVisitResult.CONTINUE);
  }

  @Test
  void aNamedFolderThatMayNotBeReadIsSaidToBe() throws IOException {
    touch("closed/1.fits");
    Path closed = folder.resolve("closed");
    assumeTrue(closed.toFile().setReadable(false) && !Files.isReadable(closed));
    assertThatExceptionOfType(StarlaneException.class)
        .isThrownBy(() -> find(null, closed))
        .withMessageContaining("cannot read the folder")
        .withMessageContaining("permission denied")
        .satisfies(e -> assertThat(e.exitCode().number()).isEqualTo(3));
  }

  @Test
  void nothingFound() throws IOException {
    touch("notes.txt");
    assertThatExceptionOfType(StarlaneException.class)
        .isThrownBy(() -> find(null, folder))
        .withMessageContaining("nothing to reduce")
        .withMessageContaining(folder.toString())
        .satisfies(e -> assertThat(e.exitCode().number()).isEqualTo(3));
    assertThatExceptionOfType(StarlaneException.class)
        .isThrownBy(() -> find(null, folder.resolve("absent")))
        .withMessageContaining("no such file or folder")
        .satisfies(e -> assertThat(e.exitCode().number()).isEqualTo(3));
  }
}
