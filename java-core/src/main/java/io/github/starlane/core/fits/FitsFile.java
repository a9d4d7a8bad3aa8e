package io.github.starlane.core.fits;

import io.github.starlane.kernels.calibrate.RawPixels;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import nom.tam.fits.Header;
import nom.tam.util.FitsInputStream;

/**
 * An open FITS file: its HDUs, and the bytes of its pixels. Plain files are mapped; files
 * compressed by gzip (known by their first bytes, not by name) are inflated into memory. The
 * structure is checked on opening, so that every HDU that is listed has all of its data.
 */
public final class FitsFile implements AutoCloseable {
  private static final int BLOCK = 2880;
  private static final int CARD = 80;

  /** No telescope writes a header of a million cards, and one must fit into an array. */
  private static final long LONGEST_HEADER = 1_000_000L * CARD;

  private static final Set<Long> BITPIX = Set.of(8L, 16L, 32L, 64L, -32L, -64L);

  private final Path path;
  private final Arena arena;
  private final MemorySegment bytes;
  private final List<FitsHdu> hdus = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  private FitsFile(Path path, Arena arena, MemorySegment bytes) {
    this.path = path;
    this.arena = arena;
    this.bytes = bytes;
  }

  /**
   * Opens a file and reads its headers.
   *
   * @throws FitsException if it is no FITS file, or truncated, or cannot be read at all
   */
  public static FitsFile open(Path path) {
    NomTam.prepare();
    if (!Files.isRegularFile(path)) {
      throw new FitsException(path, "", whyNoFile(path), "check the path");
    }
    Arena arena = Arena.ofShared();
    try {
      FitsFile file = new FitsFile(path, arena, load(path, arena));
      file.scan();
      return file;
    } catch (IOException e) {
      arena.close();
      throw new FitsException(
          path, "", String.valueOf(e.getMessage()), "check the file and its permissions", e);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static String whyNoFile(Path path) {
    if (Files.isDirectory(path)) {
      return "it is a folder";
    } else if (Files.exists(path)) {
      return "it is not a regular file";
    }
    return Files.isSymbolicLink(path)
        ? "it is a link to a file that does not exist"
        : "it does not exist";
  }

  private static MemorySegment load(Path path, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size == 0) {
        throw new FitsException(path, "", "it is empty (0 bytes)", "copy it again from its source");
      }
      MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
      return isGzip(mapped) ? inflate(path, arena) : mapped;
    }
  }

  private static boolean isGzip(MemorySegment segment) {
    return segment.byteSize() > 2
        && segment.get(ValueLayout.JAVA_BYTE, 0) == 0x1f
        && segment.get(ValueLayout.JAVA_BYTE, 1) == (byte) 0x8b;
  }

  private static MemorySegment inflate(Path path, Arena arena) throws IOException {
    List<byte[]> chunks = new ArrayList<>();
    long total = 0;
    try (InputStream in =
        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(path)), 1 << 16)) {
      byte[] chunk = in.readNBytes(1 << 22);
      while (chunk.length > 0) {
        chunks.add(chunk);
        total += chunk.length;
        requireMemory(path, "", total);
        chunk = in.readNBytes(1 << 22);
      }
    } catch (IOException e) {
      throw new FitsException(
          path,
          "",
          "its gzip stream is broken: " + e.getMessage(),
          "copy it again from its source",
          e);
    }
    if (total == 0) {
      throw new FitsException(
          path, "", "it is empty once it is unpacked", "copy it again from its source");
    }
    MemorySegment segment = arena.allocate(total, 64);
    long at = 0;
    for (byte[] chunk : chunks) {
      MemorySegment.copy(chunk, 0, segment, ValueLayout.JAVA_BYTE, at, chunk.length);
      at += chunk.length;
    }
    return segment;
  }

  /**
   * Refuses what would take more than half of the memory that the program may use.
   *
   * @throws FitsException if it would
   */
  static void requireMemory(Path path, String where, long unpacked) {
    long limit = Runtime.getRuntime().maxMemory() / 2;
    if (unpacked > limit) {
      throw new FitsException(
          path,
          where,
          "it unpacks to more than " + limit / 1_000_000 + " MB, for which there is no memory",
          "unpack it on disk first (gunzip, funpack), or give the program more memory");
    }
  }

  private void scan() {
    long offset = 0;
    while (offset < bytes.byteSize()) {
      if (!hdus.isEmpty() && !startsExtension(offset)) {
        remarks.add("bytes after the last HDU are ignored");
        return;
      }
      long dataOffset = headerEnd(offset);
      FitsHeader header = new FitsHeader(parse(offset, dataOffset));
      long size = dataSize(header, hdus.size());
      FitsHdu hdu = new FitsHdu(hdus.size(), header, offset, dataOffset, size);
      if (size > Math.max(0, bytes.byteSize() - dataOffset)) {
        throw new FitsException(
            path,
            "HDU " + hdu.index(),
            "it is truncated: its header promises "
                + size
                + " bytes of data, "
                + Math.max(0, bytes.byteSize() - dataOffset)
                + " are there",
            "copy it again from its source");
      }
      hdus.add(hdu);
      offset = dataOffset + (size + BLOCK - 1) / BLOCK * BLOCK;
      if (offset > bytes.byteSize()) {
        remarks.add("the padding of the last block is missing");
      }
    }
  }

  private boolean startsExtension(long offset) {
    return bytes.byteSize() - offset >= CARD && text(offset, 8).equals("XTENSION");
  }

  /** Offset of the first block after END. */
  private long headerEnd(long start) {
    if (bytes.byteSize() - start < CARD || (start == 0 && !text(0, 9).equals("SIMPLE  ="))) {
      String first =
          text(start, (int) Math.min(16, bytes.byteSize() - start)).replaceAll("[^ -~]", "?");
      throw new FitsException(
          path,
          "",
          "it is not a FITS file: it begins with \"" + first + "\" and not with SIMPLE",
          "leave it out, or convert it");
    }
    long last = Math.min(bytes.byteSize(), start + LONGEST_HEADER);
    for (long at = start; at + CARD <= last; at += CARD) {
      if (text(at, 8).equals("END     ")) {
        return start + (at - start + CARD + BLOCK - 1) / BLOCK * BLOCK;
      }
    }
    throw new FitsException(
        path,
        "HDU " + hdus.size(),
        "it is truncated inside a header (no END card)",
        "copy it again from its source");
  }

  private Header parse(long start, long end) {
    byte[] block = new byte[(int) (end - start)];
    Arrays.fill(block, (byte) ' ');
    int stored = (int) (Math.min(end, bytes.byteSize()) - start);
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, start, block, 0, stored);
    try {
      return new Header(new FitsInputStream(new ByteArrayInputStream(block)));
    } catch (IOException | RuntimeException e) {
      throw new FitsException(
          path,
          "header at byte " + start,
          "its header cannot be parsed: " + e.getMessage(),
          "repair the header or leave the file out",
          e);
    }
  }

  private long dataSize(FitsHeader header, int index) {
    long axes = header.integer("NAXIS", 0);
    if (axes < 0 || axes > 999) {
      throw new FitsException(
          path,
          "HDU " + index + ", card NAXIS",
          "NAXIS = " + axes + " is impossible",
          "repair the header or leave the file out");
    }
    long count = axes == 0 ? 0 : 1;
    boolean groups = header.logical("GROUPS") && header.integer("NAXIS1", -1) == 0;
    try {
      for (long axis = groups ? 2 : 1; axis <= axes; axis++) {
        long length = header.integer("NAXIS" + axis, -1);
        if (length < 0) {
          throw new FitsException(
              path,
              "HDU " + index + ", card NAXIS" + axis,
              "an axis has no valid length",
              "repair the header or leave the file out");
        }
        count = Math.multiplyExact(count, length);
      }
      long bits = header.integer("BITPIX", 0);
      if (axes > 0 && !BITPIX.contains(bits)) {
        throw new FitsException(
            path,
            "HDU " + index + ", card BITPIX",
            "BITPIX = " + header.string("BITPIX").orElse("nothing") + " is not allowed",
            "repair the header or leave the file out");
      }
      long parameters = notNegative(header, "PCOUNT", 0, index);
      long repeats = notNegative(header, "GCOUNT", 1, index);
      long elements = Math.multiplyExact(Math.addExact(parameters, count), repeats);
      return axes == 0 ? 0 : Math.multiplyExact(elements, Math.abs(bits) / 8);
    } catch (ArithmeticException e) {
      throw new FitsException(
          path,
          "HDU " + index,
          "its header promises an impossibly large array",
          "repair the header or leave the file out",
          e);
    }
  }

  private long notNegative(FitsHeader header, String keyword, long orElse, int index) {
    long value = header.integer(keyword, orElse);
    if (value < 0) {
      throw new FitsException(
          path,
          "HDU " + index + ", card " + keyword,
          keyword + " = " + value + " is impossible",
          "repair the header or leave the file out");
    }
    return value;
  }

  private String text(long offset, int length) {
    byte[] copy =
        bytes
            .asSlice(offset, Math.min(length, bytes.byteSize() - offset))
            .toArray(ValueLayout.JAVA_BYTE);
    return new String(copy, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  /** Where the file lies. */
  public Path path() {
    return path;
  }

  /** All HDUs in order. */
  public List<FitsHdu> hdus() {
    return List.copyOf(hdus);
  }

  /** What was odd about the file but could be lived with. */
  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** The bytes of the file (inflated if it was compressed by gzip). */
  MemorySegment bytes() {
    return bytes;
  }

  /** The first HDU that holds a two-dimensional image. */
  public Optional<FitsHdu> firstImage() {
    return hdus.stream().filter(h -> h.isPlainImage() || h.isCompressedImage()).findFirst();
  }

  /**
   * The samples of an image. Tile-compressed images are decompressed first.
   *
   * @param hdu an image of this file
   * @return the whole image; valid until this file is closed
   * @throws FitsException if the data cannot be decompressed
   */
  public RawPixels pixels(FitsHdu hdu) {
    if ((long) hdu.width() * hdu.height() > Integer.MAX_VALUE) {
      throw new FitsException(
          path,
          "HDU " + hdu.index(),
          "its image of " + hdu.width() + " x " + hdu.height() + " pixels is too large",
          "cut it into pieces of less than 2^31 pixels");
    }
    if (hdu.isCompressedImage()) {
      return CompressedImages.decompress(this, hdu, arena);
    }
    FitsHeader header = hdu.header();
    Long blank = header.has("BLANK") && hdu.bitpix() > 0 ? header.integer("BLANK", 0) : null;
    return new RawPixels(
        bytes,
        hdu.dataOffset(),
        hdu.width(),
        hdu.width(),
        hdu.height(),
        format(hdu),
        header.number("BSCALE", 1),
        header.number("BZERO", 0),
        blank);
  }

  private RawPixels.SampleFormat format(FitsHdu hdu) {
    return switch (hdu.bitpix()) {
      case 8 -> RawPixels.SampleFormat.UINT8;
      case 16 -> RawPixels.SampleFormat.INT16;
      case 32 -> RawPixels.SampleFormat.INT32;
      case 64 -> RawPixels.SampleFormat.INT64;
      case -32 -> RawPixels.SampleFormat.FLOAT32;
      case -64 -> RawPixels.SampleFormat.FLOAT64;
      default ->
          throw new FitsException(
              path,
              "HDU " + hdu.index() + ", card BITPIX",
              "BITPIX = " + hdu.bitpix() + " is not allowed",
              "repair the header or leave the file out");
    };
  }

  @Override
  public void close() {
    arena.close();
  }
}
