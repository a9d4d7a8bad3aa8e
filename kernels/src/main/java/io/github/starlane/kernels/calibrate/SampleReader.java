package io.github.starlane.kernels.calibrate;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads single big-endian samples as physical values; the slow way, for any format. */
final class SampleReader {

  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private SampleReader() {}

  /**
   * Physical value of a sample, NaN for BLANK.
   *
   * @param index sample number within the segment, counted from the rectangle's first sample
   */
  static double physical(RawPixels raw, long index) {
    MemorySegment segment = raw.segment();
    long at = raw.offset() + index * raw.format().bytes();
    return switch (raw.format()) {
      case UINT8 -> ofInteger(raw, segment.get(BYTE, at) & 0xff);
      case INT16 -> ofInteger(raw, segment.get(SHORT, at));
      case INT32 -> ofInteger(raw, segment.get(INT, at));
      case INT64 -> ofInteger(raw, segment.get(LONG, at));
      case FLOAT32 -> raw.bscale() * segment.get(FLOAT, at) + raw.bzero();
      case FLOAT64 -> raw.bscale() * segment.get(DOUBLE, at) + raw.bzero();
    };
  }

  private static double ofInteger(RawPixels raw, long sample) {
    if (raw.blank() != null && raw.blank() == sample) {
      return Double.NaN;
    }
    return raw.bscale() * sample + raw.bzero();
  }
}
