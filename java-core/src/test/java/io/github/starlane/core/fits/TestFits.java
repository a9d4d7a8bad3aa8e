package io.github.starlane.core.fits;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.calibrate.CalibrateParameters;
import io.github.starlane.kernels.calibrate.CalibrationFrames;
import io.github.starlane.kernels.calibrate.RawPixels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Builds FITS files byte by byte, so that they may be as wrong as a test wants. */
public final class TestFits {
  private static final int BLOCK = 2880;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A primary HDU with an image of these stored samples. */
  public static TestFits image(int bitpix, int width, int height, double... samples) {
    return new TestFits()
        .card("SIMPLE", "T")
        .shape(bitpix, width, height)
        .end()
        .samples(bitpix, samples);
  }

  /** A primary HDU with an image of zeros and these further cards, complete lines. */
  public static TestFits withCards(int bitpix, int width, int height, String... lines) {
    TestFits fits = new TestFits().card("SIMPLE", "T").shape(bitpix, width, height);
    for (String line : lines) {
      fits.line(line);
    }
    return fits.end().samples(bitpix, new double[width * height]);
  }

  /** BITPIX and the axes; NAXIS = 0 if the width is 0. */
  public TestFits shape(int bitpix, int width, int height) {
    card("BITPIX", String.valueOf(bitpix)).card("NAXIS", width == 0 ? "0" : "2");
    return width == 0
        ? this
        : card("NAXIS1", String.valueOf(width)).card("NAXIS2", String.valueOf(height));
  }

  /** A card with its value as it shall stand there. */
  public TestFits card(String keyword, String value) {
    String field = value.startsWith("'") ? value : String.format("%20s", value);
    return line(String.format("%-8s= %s", keyword, field));
  }

  /** A card line as it is, cut or padded to 80 characters. */
  public TestFits line(String text) {
    bytes.writeBytes(
        String.format("%-80s", text).substring(0, 80).getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** END and padding. */
  public TestFits end() {
    line("END");
    return pad(' ');
  }

  /** Big-endian samples and padding. */
  public TestFits samples(int bitpix, double... samples) {
    ByteBuffer data = ByteBuffer.allocate(samples.length * Math.abs(bitpix) / 8);
    for (double v : samples) {
      switch (bitpix) {
        case 8 -> data.put((byte) v);
        case 16 -> data.putShort((short) v);
        case 32 -> data.putInt((int) v);
        case 64 -> data.putLong((long) v);
        case -32 -> data.putFloat((float) v);
        default -> data.putDouble(v);
      }
    }
    bytes.writeBytes(data.array());
    return pad(0);
  }

  private TestFits pad(int fill) {
    byte[] padding = new byte[(BLOCK - bytes.size() % BLOCK) % BLOCK];
    Arrays.fill(padding, (byte) fill);
    bytes.writeBytes(padding);
    return this;
  }

  /** What has been built so far. */
  public byte[] bytes() {
    return bytes.toByteArray();
  }

  /** Writes what has been built so far. */
  public Path write(Path file) {
    return write(file, bytes());
  }

  /** Writes bytes. */
  public static Path write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Physical values of the first image of a file, as the pipeline's kernel reads them. */
  public static float[] pixels(Path path) {
    try (FitsFile file = FitsFile.open(path)) {
      return pixels(file, file.firstImage().orElseThrow());
    }
  }

  /** Physical values of an image. */
  static float[] pixels(FitsFile file, FitsHdu hdu) {
    CalibrateParameters asStored = CalibrateParameters.scaling(1, 0);
    RawPixels samples = file.pixels(hdu);
    try (Backend backend = Backends.select("scalar").backend();
        Plane image = backend.allocate(hdu.width(), hdu.height())) {
      backend.calibrate().calibrate(samples, CalibrationFrames.NONE, asStored, image, null, null);
      return backend.toHost(image).clone();
    }
  }
}
