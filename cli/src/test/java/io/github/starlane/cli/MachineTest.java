package io.github.starlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {

  @TempDir Path folder;

  private void cache(int index, String level, String type, String size) throws IOException {
    Path cache = Files.createDirectory(folder.resolve("index" + index));
    Files.writeString(cache.resolve("level"), level + "\n");
    Files.writeString(cache.resolve("type"), type + "\n");
    Files.writeString(cache.resolve("size"), size + "\n");
  }

  @Test
  void cachesOfDataAreListedByLevel() throws IOException {
    cache(0, "1", "Data", "48K");
    cache(1, "1", "Instruction", "32K");
    cache(2, "2", "Unified", "1024K");
    cache(3, "3", "Unified", "32768K");

    assertThat(Machine.caches(folder)).contains("L1 48K, L2 1024K, L3 32768K");
  }

  @Test
  void withoutLinuxNothingIsSaid() {
    assertThat(Machine.caches(folder.resolve("absent"))).isEmpty();
    assertThat(Machine.caches(folder)).isEmpty();
  }
}
