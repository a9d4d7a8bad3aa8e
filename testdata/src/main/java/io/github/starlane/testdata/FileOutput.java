package io.github.starlane.testdata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that appears under its name only when it is complete. Writes may come from any thread. */
final class FileOutput implements AutoCloseable {
  private final Path path;
  private final Path unfinished;
  private final FileChannel channel;

  FileOutput(Path path) {
    this.path = path;
    this.unfinished = path.resolveSibling(path.getFileName() + ".part");
    try {
      channel =
          FileChannel.open(
              unfinished,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create " + unfinished, e);
    }
  }

  void write(ByteBuffer bytes, long position) {
    try {
      long at = position;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + unfinished, e);
    }
  }

  /** Gives the complete file its name. */
  void complete() {
    try {
      channel.close();
      Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot complete " + path, e);
    }
  }

  /** Removes the file if it was not completed. */
  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + unfinished, e);
    }
  }
}
