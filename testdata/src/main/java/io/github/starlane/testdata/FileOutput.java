package io.github.starlane.testdata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file that appears under its name only when it is complete. Until then it has a name that nobody
 * else gives; unfinished files of a program that is being stopped are removed. Writes may come from
 * any thread.
 */
final class FileOutput implements AutoCloseable {
  private static final AtomicLong COUNTER = new AtomicLong();
  private static final Set<Path> PENDING = ConcurrentHashMap.newKeySet();

  static {
    try {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(FileOutput::removeUnfinished, "remove-unfinished-frames"));
    } catch (IllegalStateException e) {
      // The program is going down already, before it wrote a file.
    }
  }

  private final Path path;
  private final Path unfinished;
  private final FileChannel channel;

  FileOutput(Path path) {
    this.path = path;
    String own = ".part" + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet();
    this.unfinished = path.resolveSibling("." + path.getFileName() + own);
    PENDING.add(unfinished);
    try {
      channel =
          FileChannel.open(
              unfinished,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      PENDING.remove(unfinished);
      throw new UncheckedIOException("cannot create " + path, e);
    }
  }

  /** Deletes what this program has begun and not completed. */
  static void removeUnfinished() {
    for (Path file : PENDING) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // The program is going down; the name says that the file is unfinished.
      }
    }
  }

  void write(ByteBuffer bytes, long position) {
    try {
      long at = position;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
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
    } finally {
      PENDING.remove(unfinished);
    }
  }
}
