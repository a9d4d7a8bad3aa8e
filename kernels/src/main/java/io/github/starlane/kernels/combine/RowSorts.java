package io.github.starlane.kernels.combine;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sorts a few rows of a block, column by column, in registers: one load and one store per row
 * instead of one per comparison. The straight-line bodies are the smallest known sorting networks
 * (Knuth, The Art of Computer Programming 3, 5.3.4, with 5, 19 and 29 comparators), a letter for
 * each layer.
 */
final class RowSorts {

  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = INTS.length();
  private static final int WIDTH = StackBlock.WIDTH;

  private RowSorts() {}

  /** Sorts 4, 8 or 10 consecutive rows, the first of which begins at {@code at}. */
  static void sort(int count, int[] keys, int at) {
    for (int lane = at; lane < at + WIDTH; lane += LANES) {
      switch (count) {
        case 4 -> four(keys, lane);
        case 8 -> eight(keys, lane);
        case 10 -> ten(keys, lane);
        default -> throw new IllegalArgumentException("no network for " + count + " rows");
      }
    }
  }

  private static IntVector load(int[] keys, int at) {
    return IntVector.fromArray(INTS, keys, at);
  }

  private static void four(int[] keys, int at) {
    IntVector r0 = load(keys, at);
    IntVector r1 = load(keys, at + WIDTH);
    IntVector r2 = load(keys, at + 2 * WIDTH);
    IntVector r3 = load(keys, at + 3 * WIDTH);
    IntVector a0 = r0.min(r1);
    IntVector a1 = r0.max(r1);
    IntVector a2 = r2.min(r3);
    IntVector a3 = r2.max(r3);
    IntVector b0 = a0.min(a2);
    IntVector b2 = a0.max(a2);
    IntVector b1 = a1.min(a3);
    IntVector b3 = a1.max(a3);
    IntVector c1 = b1.min(b2);
    IntVector c2 = b1.max(b2);
    b0.intoArray(keys, at);
    c1.intoArray(keys, at + WIDTH);
    c2.intoArray(keys, at + 2 * WIDTH);
    b3.intoArray(keys, at + 3 * WIDTH);
  }

  private static void eight(int[] keys, int at) {
    IntVector r0 = load(keys, at);
    IntVector r1 = load(keys, at + WIDTH);
    IntVector r2 = load(keys, at + 2 * WIDTH);
    IntVector r3 = load(keys, at + 3 * WIDTH);
    IntVector r4 = load(keys, at + 4 * WIDTH);
    IntVector r5 = load(keys, at + 5 * WIDTH);
    IntVector r6 = load(keys, at + 6 * WIDTH);
    IntVector r7 = load(keys, at + 7 * WIDTH);
    IntVector a0 = r0.min(r2);
    IntVector a2 = r0.max(r2);
    IntVector a1 = r1.min(r3);
    IntVector a3 = r1.max(r3);
    IntVector a4 = r4.min(r6);
    IntVector a6 = r4.max(r6);
    IntVector a5 = r5.min(r7);
    IntVector a7 = r5.max(r7);
    IntVector b0 = a0.min(a4);
    IntVector b4 = a0.max(a4);
    IntVector b1 = a1.min(a5);
    IntVector b5 = a1.max(a5);
    IntVector b2 = a2.min(a6);
    IntVector b6 = a2.max(a6);
    IntVector b3 = a3.min(a7);
    IntVector b7 = a3.max(a7);
    IntVector c0 = b0.min(b1);
    IntVector c1 = b0.max(b1);
    IntVector c2 = b2.min(b3);
    IntVector c3 = b2.max(b3);
    IntVector c4 = b4.min(b5);
    IntVector c5 = b4.max(b5);
    IntVector c6 = b6.min(b7);
    IntVector c7 = b6.max(b7);
    IntVector d2 = c2.min(c4);
    IntVector d4 = c2.max(c4);
    IntVector d3 = c3.min(c5);
    IntVector d5 = c3.max(c5);
    IntVector e1 = c1.min(d4);
    IntVector e4 = c1.max(d4);
    IntVector e3 = d3.min(c6);
    IntVector e6 = d3.max(c6);
    IntVector f1 = e1.min(d2);
    IntVector f2 = e1.max(d2);
    IntVector f3 = e3.min(e4);
    IntVector f4 = e3.max(e4);
    IntVector f5 = d5.min(e6);
    IntVector f6 = d5.max(e6);
    c0.intoArray(keys, at);
    f1.intoArray(keys, at + WIDTH);
    f2.intoArray(keys, at + 2 * WIDTH);
    f3.intoArray(keys, at + 3 * WIDTH);
    f4.intoArray(keys, at + 4 * WIDTH);
    f5.intoArray(keys, at + 5 * WIDTH);
    f6.intoArray(keys, at + 6 * WIDTH);
    c7.intoArray(keys, at + 7 * WIDTH);
  }

  private static void ten(int[] keys, int at) {
    IntVector r0 = load(keys, at);
    IntVector r1 = load(keys, at + WIDTH);
    IntVector r2 = load(keys, at + 2 * WIDTH);
    IntVector r3 = load(keys, at + 3 * WIDTH);
    IntVector r4 = load(keys, at + 4 * WIDTH);
    IntVector r5 = load(keys, at + 5 * WIDTH);
    IntVector r6 = load(keys, at + 6 * WIDTH);
    IntVector r7 = load(keys, at + 7 * WIDTH);
    IntVector r8 = load(keys, at + 8 * WIDTH);
    IntVector r9 = load(keys, at + 9 * WIDTH);
    IntVector a0 = r0.min(r8);
    IntVector a8 = r0.max(r8);
    IntVector a1 = r1.min(r9);
    IntVector a9 = r1.max(r9);
    IntVector a2 = r2.min(r7);
    IntVector a7 = r2.max(r7);
    IntVector a3 = r3.min(r5);
    IntVector a5 = r3.max(r5);
    IntVector a4 = r4.min(r6);
    IntVector a6 = r4.max(r6);
    IntVector b0 = a0.min(a2);
    IntVector b2 = a0.max(a2);
    IntVector b1 = a1.min(a4);
    IntVector b4 = a1.max(a4);
    IntVector b5 = a5.min(a8);
    IntVector b8 = a5.max(a8);
    IntVector b7 = a7.min(a9);
    IntVector b9 = a7.max(a9);
    IntVector c0 = b0.min(a3);
    IntVector c3 = b0.max(a3);
    IntVector c2 = b2.min(b4);
    IntVector c4 = b2.max(b4);
    IntVector c5 = b5.min(b7);
    IntVector c7 = b5.max(b7);
    IntVector c6 = a6.min(b9);
    IntVector c9 = a6.max(b9);
    IntVector d0 = c0.min(b1);
    IntVector d1 = c0.max(b1);
    IntVector d3 = c3.min(c6);
    IntVector d6 = c3.max(c6);
    IntVector d8 = b8.min(c9);
    IntVector d9 = b8.max(c9);
    IntVector e1 = d1.min(c5);
    IntVector e5 = d1.max(c5);
    IntVector e2 = c2.min(d3);
    IntVector e3 = c2.max(d3);
    IntVector e4 = c4.min(d8);
    IntVector e8 = c4.max(d8);
    IntVector e6 = d6.min(c7);
    IntVector e7 = d6.max(c7);
    IntVector f1 = e1.min(e2);
    IntVector f2 = e1.max(e2);
    IntVector f3 = e3.min(e5);
    IntVector f5 = e3.max(e5);
    IntVector f4 = e4.min(e6);
    IntVector f6 = e4.max(e6);
    IntVector f7 = e7.min(e8);
    IntVector f8 = e7.max(e8);
    IntVector g2 = f2.min(f3);
    IntVector g3 = f2.max(f3);
    IntVector g4 = f4.min(f5);
    IntVector g5 = f4.max(f5);
    IntVector g6 = f6.min(f7);
    IntVector g7 = f6.max(f7);
    IntVector h3 = g3.min(g4);
    IntVector h4 = g3.max(g4);
    IntVector h5 = g5.min(g6);
    IntVector h6 = g5.max(g6);
    d0.intoArray(keys, at);
    f1.intoArray(keys, at + WIDTH);
    g2.intoArray(keys, at + 2 * WIDTH);
    h3.intoArray(keys, at + 3 * WIDTH);
    h4.intoArray(keys, at + 4 * WIDTH);
    h5.intoArray(keys, at + 5 * WIDTH);
    h6.intoArray(keys, at + 6 * WIDTH);
    g7.intoArray(keys, at + 7 * WIDTH);
    f8.intoArray(keys, at + 8 * WIDTH);
    d9.intoArray(keys, at + 9 * WIDTH);
  }
}
