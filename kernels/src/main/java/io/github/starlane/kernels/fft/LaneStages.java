package io.github.starlane.kernels.fft;

import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/** The stages of each radix. */
final class LaneStages {

  private LaneStages() {}

  /**
   * The stages of a transform.
   *
   * @param length without prime factors above 5
   */
  static List<LaneStage> of(int length) {
    List<LaneStage> stages = new ArrayList<>();
    int rest = length;
    int stride = 1;
    while (rest > 1) {
      LaneStage stage = next(rest, stride);
      stages.add(stage);
      int radix = rest / stage.parts;
      rest /= radix;
      stride *= radix;
    }
    return stages;
  }

  private static LaneStage next(int rest, int stride) {
    if (rest % 4 == 0) {
      return new Four(rest, stride);
    }
    if (rest % 2 == 0) {
      return new Two(rest, stride);
    }
    if (rest % 3 == 0) {
      return new Three(rest, stride);
    }
    if (rest % 5 == 0) {
      return new Five(rest, stride);
    }
    throw new IllegalArgumentException("a length with the factor " + rest);
  }

  private static final class Two extends LaneStage {

    Two(int length, int stride) {
      super(2, length, stride);
    }

    @Override
    void run(float[] re, float[] im, float[] outRe, float[] outIm) {
      for (int p = 0; p < parts; p++) {
        for (int q = 0; q < outStep(); q += LANES) {
          int a = in(p) + q;
          int to = out(p) + q;
          combine(re, im, a, a + inStep(), cosines[p], sines[p], outRe, outIm, to, to + outStep());
        }
      }
    }

    private static void combine(
        float[] re,
        float[] im,
        int a,
        int b,
        float c,
        float s,
        float[] outRe,
        float[] outIm,
        int to,
        int next) {
      FloatVector r0 = load(re, a);
      FloatVector i0 = load(im, a);
      FloatVector r1 = load(re, b);
      FloatVector i1 = load(im, b);
      r0.add(r1).intoArray(outRe, to);
      i0.add(i1).intoArray(outIm, to);
      turn(r0.sub(r1), i0.sub(i1), c, s, outRe, outIm, next);
    }
  }

  private static final class Three extends LaneStage {

    private static final float SIN_60 = (float) (Math.sqrt(3) / 2);

    Three(int length, int stride) {
      super(3, length, stride);
    }

    @Override
    void run(float[] re, float[] im, float[] outRe, float[] outIm) {
      int step = inStep();
      int outStep = outStep();
      for (int p = 0; p < parts; p++) {
        float c1 = cosines[p];
        float s1 = sines[p];
        float c2 = cosines[parts + p];
        float s2 = sines[parts + p];
        for (int q = 0; q < outStep; q += LANES) {
          int a = in(p) + q;
          int to = out(p) + q;
          FloatVector r1 = load(re, a + step);
          FloatVector i1 = load(im, a + step);
          FloatVector r2 = load(re, a + 2 * step);
          FloatVector i2 = load(im, a + 2 * step);
          FloatVector r0 = load(re, a);
          FloatVector i0 = load(im, a);
          FloatVector sumR = r1.add(r2);
          FloatVector sumI = i1.add(i2);
          FloatVector crossR = i1.sub(i2).mul(SIN_60);
          FloatVector crossI = r2.sub(r1).mul(SIN_60);
          r0.add(sumR).intoArray(outRe, to);
          i0.add(sumI).intoArray(outIm, to);
          FloatVector middleR = r0.sub(sumR.mul(0.5f));
          FloatVector middleI = i0.sub(sumI.mul(0.5f));
          turn(middleR.add(crossR), middleI.add(crossI), c1, s1, outRe, outIm, to + outStep);
          turn(middleR.sub(crossR), middleI.sub(crossI), c2, s2, outRe, outIm, to + 2 * outStep);
        }
      }
    }
  }

  private static final class Four extends LaneStage {

    Four(int length, int stride) {
      super(4, length, stride);
    }

    @Override
    void run(float[] re, float[] im, float[] outRe, float[] outIm) {
      int step = inStep();
      int outStep = outStep();
      for (int p = 0; p < parts; p++) {
        for (int q = 0; q < outStep; q += LANES) {
          int a = in(p) + q;
          int to = out(p) + q;
          FloatVector sumR = load(re, a).add(load(re, a + 2 * step));
          FloatVector sumI = load(im, a).add(load(im, a + 2 * step));
          FloatVector otherR = load(re, a + step).add(load(re, a + 3 * step));
          FloatVector otherI = load(im, a + step).add(load(im, a + 3 * step));
          sumR.add(otherR).intoArray(outRe, to);
          sumI.add(otherI).intoArray(outIm, to);
          float c2 = cosines[parts + p];
          float s2 = sines[parts + p];
          turn(sumR.sub(otherR), sumI.sub(otherI), c2, s2, outRe, outIm, to + 2 * outStep);
          odd(re, im, a, step, p, outRe, outIm, to, outStep);
        }
      }
    }

    private void odd(
        float[] re,
        float[] im,
        int a,
        int step,
        int p,
        float[] outRe,
        float[] outIm,
        int to,
        int outStep) {
      FloatVector r = load(re, a).sub(load(re, a + 2 * step));
      FloatVector i = load(im, a).sub(load(im, a + 2 * step));
      // −i times the difference of the other two.
      FloatVector crossR = load(im, a + step).sub(load(im, a + 3 * step));
      FloatVector crossI = load(re, a + 3 * step).sub(load(re, a + step));
      float c1 = cosines[p];
      float s1 = sines[p];
      float c3 = cosines[2 * parts + p];
      float s3 = sines[2 * parts + p];
      turn(r.add(crossR), i.add(crossI), c1, s1, outRe, outIm, to + outStep);
      turn(r.sub(crossR), i.sub(crossI), c3, s3, outRe, outIm, to + 3 * outStep);
    }
  }

  private static final class Five extends LaneStage {

    private static final float[] COSINES = new float[5];
    private static final float[] SINES = new float[5];

    static {
      for (int k = 0; k < 5; k++) {
        COSINES[k] = (float) StrictMath.cos(2 * Math.PI * k / 5);
        SINES[k] = (float) StrictMath.sin(2 * Math.PI * k / 5);
      }
    }

    Five(int length, int stride) {
      super(5, length, stride);
    }

    @Override
    void run(float[] re, float[] im, float[] outRe, float[] outIm) {
      for (int p = 0; p < parts; p++) {
        first(re, in(p), inStep(), outRe, out(p), outStep());
        first(im, in(p), inStep(), outIm, out(p), outStep());
        for (int c = 1; c < 5; c++) {
          other(re, im, p, c, outRe, outIm);
        }
      }
    }

    private static void first(float[] x, int from, int step, float[] out, int to, int length) {
      for (int q = 0; q < length; q += LANES) {
        FloatVector near = load(x, from + q + step).add(load(x, from + q + 4 * step));
        FloatVector far = load(x, from + q + 2 * step).add(load(x, from + q + 3 * step));
        load(x, from + q).add(near).add(far).intoArray(out, to + q);
      }
    }

    /** Output c of a part; one at a time, for C2 boxes the vectors of two. */
    private void other(float[] re, float[] im, int p, int c, float[] outRe, float[] outIm) {
      float cos1 = COSINES[c];
      float cos2 = COSINES[2 * c % 5];
      float sin1 = SINES[c];
      float sin2 = SINES[2 * c % 5];
      float cosine = cosines[(c - 1) * parts + p];
      float sine = sines[(c - 1) * parts + p];
      int step = inStep();
      int to = out(p) + c * outStep();
      for (int q = 0; q < outStep(); q += LANES) {
        int a = in(p) + q;
        FloatVector r = even(re, a, step, cos1, cos2).add(odd(im, a, step, sin1, sin2));
        FloatVector i = even(im, a, step, cos1, cos2).sub(odd(re, a, step, sin1, sin2));
        turn(r, i, cosine, sine, outRe, outIm, to + q);
      }
    }

    private static FloatVector even(float[] x, int a, int step, float cos1, float cos2) {
      FloatVector near = load(x, a + step).add(load(x, a + 4 * step));
      FloatVector far = load(x, a + 2 * step).add(load(x, a + 3 * step));
      return load(x, a).add(near.mul(cos1)).add(far.mul(cos2));
    }

    private static FloatVector odd(float[] x, int a, int step, float sin1, float sin2) {
      FloatVector near = load(x, a + step).sub(load(x, a + 4 * step));
      FloatVector far = load(x, a + 2 * step).sub(load(x, a + 3 * step));
      return near.mul(sin1).add(far.mul(sin2));
    }
  }
}
