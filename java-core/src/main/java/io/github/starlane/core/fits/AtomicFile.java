package io.github.starlane.core.fits;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a file so that it is either complete or absent: to a temporary name in the same folder,
 * then synced and renamed. Temporary files of a program that is being stopped are removed.
 */
public final class AtomicFile {
  private static final AtomicLong COUNTER = new AtomicLong();
  private static final Set<Path> PENDING = ConcurrentHashMap.newKeySet();

  static {
    try {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(AtomicFile::removeUnfinished, "remove-temporary-files"));
    } catch (IllegalStateException e) {
      // The program is going down already, before it wrote a file.
    }
  }

  private AtomicFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; the stream is buffered and closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file.
   *
   * @throws StarlaneException (exit code 6) if the folder cannot be written or the disk is full
   */
  public static void write(Path path, Content content) {
    Path folder = path.toAbsolutePath().normalize().getParent();
    Path temporary =
        folder.resolve(
            "."
                + path.getFileName()
                + ".part"
                + ProcessHandle.current().pid()
                + "-"
                + COUNTER.incrementAndGet());
    PENDING.add(temporary);
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        OutputStream out =
            new BufferedOutputStream(new KeepOpen(Channels.newOutputStream(channel)), 1 << 18);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(
          temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StarlaneException(
          ExitCode.RESOURCE,
          "cannot write the file",
          path.toString(),
          whyNot(path, e),
          "make room or choose another folder with --out, then run again",
          e);
    } finally {
      PENDING.remove(temporary);
      deleteQuietly(temporary);
    }
  }

  /** Why a file could not be written, as a clause for people. */
  public static String whyNot(Path path, IOException e) {
    if (e instanceof java.nio.file.AccessDeniedException) {
      return "permission denied";
    } else if (Files.isDirectory(path)) {
      return "a folder of that name is in the way";
    }
    for (Path up = path.toAbsolutePath().getParent(); up != null; up = up.getParent()) {
      if (Files.exists(up) && !Files.isDirectory(up)) {
        return up + " is a file, but a folder is needed there";
      }
    }
    if (e instanceof java.nio.file.NoSuchFileException) {
      return "its folder does not exist and cannot be made";
    }
    if (e instanceof java.nio.file.FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return String.valueOf(e.getMessage());
  }

  /** Deletes what this program has begun and not completed. */
  public static void removeUnfinished() {
    PENDING.forEach(AtomicFile::deleteQuietly);
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Nothing more can be done: the name says that the file is temporary.
    }
  }

  /** Lets writers close their stream before it has been synced. */
  private static final class KeepOpen extends FilterOutputStream {
    KeepOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
      out.write(b, off, len);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
