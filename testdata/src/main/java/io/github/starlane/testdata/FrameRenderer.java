package io.github.starlane.testdata;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Renders exposures band by band. The noise of a row depends on seed, frame and row only, and the
 * sources of a band are always added in the same order, so bands may be rendered by any thread.
 */
final class FrameRenderer {
  /** Raw rows per band; even, so that each band holds whole 32-bit words of the checksum. */
  static final int BAND_ROWS = 128;

  private final SimulationParameters parameters;
  private final FrameGeometry frame;
  private final DetectorModel chip;

  FrameRenderer(SimulationParameters parameters, DetectorModel chip) {
    this.parameters = parameters;
    this.frame = parameters.frame();
    this.chip = chip;
  }

  int bands() {
    return (frame.rawHeight() + BAND_ROWS - 1) / BAND_ROWS;
  }

  /** One band as it stands in the file: big-endian 16-bit numbers with BZERO = 32768. */
  ByteBuffer render(Exposure exposure, int band) {
    int firstRaw = band * BAND_ROWS;
    int endRaw = Math.min(frame.rawHeight(), firstRaw + BAND_ROWS);
    int first = Math.max(0, firstRaw - frame.unexposedRows());
    int rows = Math.max(0, endRaw - frame.unexposedRows() - first);
    float[] electrons = expectedElectrons(exposure, band, first, rows);
    double biasOffset =
        parameters.detector().biasDrift()
            * Purpose.BIAS.open(parameters.seed(), exposure.key()).nextGaussian();
    ByteBuffer bytes = ByteBuffer.allocate((endRaw - firstRaw) * frame.rawWidth() * 2);
    int[] counts = new int[frame.rawWidth()];
    for (int raw = firstRaw; raw < endRaw; raw++) {
      CounterRandom noise = Purpose.NOISE.open(parameters.seed(), exposure.key(), raw);
      int start = (raw - frame.unexposedRows() - first) * frame.lightWidth();
      boolean exposed = raw >= frame.unexposedRows();
      chip.readRow(electrons, exposed ? start : -1, biasOffset, noise, counts);
      for (int count : counts) {
        bytes.putShort((short) (count - 32768));
      }
    }
    return bytes.flip();
  }

  private float[] expectedElectrons(Exposure exposure, int band, int first, int rows) {
    float[] light = new float[rows * frame.lightWidth()];
    for (int row = 0; row < rows; row++) {
      fillSky(light, row, first, exposure.sky());
    }
    if (!exposure.sources().isEmpty()) {
      for (LightSources.Source source : exposure.sources().get(band)) {
        addSource(light, first, rows, source);
      }
    }
    for (Streak streak : exposure.streaks()) {
      streak.addTo(light, frame.lightWidth(), first);
    }
    chip.expose(light, first, exposure.seconds());
    for (CosmicRays.Hit hit : exposure.hits()) {
      if (hit.y() >= first && hit.y() < first + rows) {
        light[(hit.y() - first) * frame.lightWidth() + hit.x()] += (float) hit.electrons();
      }
    }
    return light;
  }

  private void fillSky(float[] light, int row, int first, SkyBackground sky) {
    int start = row * frame.lightWidth();
    if (sky.slopeX() == 0) {
      float level = (float) sky.at(0, first + row);
      Arrays.fill(light, start, start + frame.lightWidth(), level);
      return;
    }
    for (int x = 0; x < frame.lightWidth(); x++) {
      light[start + x] = (float) sky.at(x, first + row);
    }
  }

  /** Adds the part of a star's stamp that lies in the band. */
  private void addSource(float[] light, int first, int rows, LightSources.Source source) {
    int width = frame.lightWidth();
    double radius = source.radius();
    int top = (int) Math.min(first + rows - 1, Math.floor(source.y() + radius));
    for (int y = (int) Math.max(first, Math.ceil(source.y() - radius)); y <= top; y++) {
      double dy = y - source.y();
      double half = Math.sqrt(Math.max(0, radius * radius - dy * dy));
      int right = (int) Math.min(width - 1, Math.floor(source.x() + half));
      int start = (y - first) * width;
      for (int x = (int) Math.max(0, Math.ceil(source.x() - half)); x <= right; x++) {
        light[start + x] += (float) (source.flux() * source.psf().pixel(x - source.x(), dy));
      }
    }
  }
}
