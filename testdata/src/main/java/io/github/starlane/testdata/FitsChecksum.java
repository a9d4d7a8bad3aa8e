package io.github.starlane.testdata;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The 32-bit ones'-complement sum of FITS (standard 4.0, §4.4.2.7 and appendix J). Sums of parts
 * may be added in any order as long as each part starts at a multiple of four bytes.
 */
final class FitsChecksum {
  private static final String EXCLUDED = ":;<=>?@[\\]^_`";

  private long sum;

  /** The sum, 0 … 2³² − 1. */
  long value() {
    return sum;
  }

  FitsChecksum add(FitsChecksum other) {
    sum = fold(sum + other.sum);
    return this;
  }

  FitsChecksum add(byte[] bytes) {
    return add(ByteBuffer.wrap(bytes));
  }

  /**
   * Adds the remaining bytes of a buffer, which stays as it is; a last incomplete word counts as
   * padded with zeros.
   */
  FitsChecksum add(ByteBuffer buffer) {
    ByteBuffer bytes = buffer.duplicate().order(ByteOrder.BIG_ENDIAN);
    long total = 0;
    while (bytes.remaining() >= 4) {
      // Cannot overflow: a buffer has fewer than 2^29 words.
      total += bytes.getInt() & 0xffffffffL;
    }
    long last = 0;
    for (int shift = 24; bytes.hasRemaining(); shift -= 8) {
      last |= (bytes.get() & 0xffL) << shift;
    }
    sum = fold(sum + total + last);
    return this;
  }

  private static long fold(long value) {
    long folded = value;
    while (folded >>> 32 != 0) {
      folded = (folded & 0xffffffffL) + (folded >>> 32);
    }
    return folded;
  }

  /** The value of the CHECKSUM card that makes the sum of the whole HDU all ones. */
  String encodedComplement() {
    long complement = ~sum & 0xffffffffL;
    byte[] code = new byte[16];
    for (int i = 0; i < 4; i++) {
      int value = (int) (complement >>> (24 - 8 * i)) & 0xff;
      int[] digits = {
        value / 4 + value % 4 + '0', value / 4 + '0', value / 4 + '0', value / 4 + '0'
      };
      avoidPunctuation(digits);
      for (int j = 0; j < 4; j++) {
        // The string starts at the last byte of a word, hence the rotation by one.
        code[(4 * j + i + 1) % 16] = (byte) digits[j];
      }
    }
    return new String(code, StandardCharsets.US_ASCII);
  }

  private static void avoidPunctuation(int[] digits) {
    boolean clean = false;
    while (!clean) {
      clean = true;
      for (int j = 0; j < 4; j += 2) {
        if (EXCLUDED.indexOf(digits[j]) >= 0 || EXCLUDED.indexOf(digits[j + 1]) >= 0) {
          digits[j]++;
          digits[j + 1]--;
          clean = false;
        }
      }
    }
  }
}
