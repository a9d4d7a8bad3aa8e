package io.github.starlane.testdata;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Writes raw frames: 16-bit unsigned integers (BZERO = 32768) in the primary HDU. */
final class RawFrameWriter {
  private final FrameGeometry frame;
  private final FrameRenderer renderer;
  private final Workers workers;

  RawFrameWriter(FrameGeometry frame, FrameRenderer renderer, Workers workers) {
    this.frame = frame;
    this.renderer = renderer;
    this.workers = workers;
  }

  /** Renders an exposure and writes it, all bands in parallel. */
  void write(Path path, FitsHeader header, Exposure exposure) {
    int headerLength = header.length();
    long rowBytes = 2L * frame.rawWidth();
    try (FileOutput file = new FileOutput(path)) {
      List<FitsChecksum> sums =
          workers.map(
              renderer.bands(),
              band -> {
                ByteBuffer bytes = renderer.render(exposure, band);
                FitsChecksum sum = new FitsChecksum().add(bytes);
                file.write(bytes, headerLength + band * FrameRenderer.BAND_ROWS * rowBytes);
                return sum;
              });
      FitsChecksum total = new FitsChecksum();
      sums.forEach(total::add);
      long dataBytes = frame.rawHeight() * rowBytes;
      int padding = (int) Math.floorMod(-dataBytes, (long) FitsHeader.BLOCK);
      file.write(ByteBuffer.allocate(padding), headerLength + dataBytes);
      file.write(ByteBuffer.wrap(header.toBytes(total)), 0);
      file.complete();
    }
  }
}
