package io.github.starlane.kernels.aperture;

import io.github.starlane.kernels.LaneSums;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector version: sums over rows of the patch, in double precision. */
final class SimdMeter extends SourceMeter {

  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));
  private static final int LANES = DOUBLES.length();

  private final SourcePatch patch;
  private final CircleWeights circle = new CircleWeights();

  SimdMeter(SourcePatch patch, ApertureParameters parameters) {
    super(new SimdAnnulus(patch, parameters), new SimdMoments(patch, parameters));
    this.patch = patch;
  }

  @Override
  void turnTo(double x, double y) {
    patch.turnTo(x, y);
  }

  @Override
  void sumAperture(double x, double y, double radius) {
    sum = 0;
    sumVariance = 0;
    area = 0;
    double column = x - patch.x0;
    double row = y - patch.y0;
    boolean near = column > -1 && row > -1 && column < patch.edge && row < patch.edge;
    if (near && radius > 0) {
      circle.of(column, row, radius);
      sumRows();
    }
  }

  private void sumRows() {
    DoubleVector light = DoubleVector.zero(DOUBLES);
    DoubleVector noise = light;
    DoubleVector covered = light;
    double level = annulus.level;
    for (int j = 0; j < circle.rows; j++) {
      int from = (circle.y0 + j) * patch.stride + circle.x0;
      for (int i = 0; i < circle.stride; i += LANES) {
        DoubleVector overlap =
            DoubleVector.fromArray(DOUBLES, circle.weights, j * circle.stride + i);
        DoubleVector value = toDouble(patch.values, from + i);
        VectorMask<Double> bad = value.compare(VectorOperators.NE, value);
        DoubleVector used = overlap.blend(0, bad);
        light = value.sub(level).blend(0, bad).fma(used, light);
        DoubleVector variance = toDouble(patch.variances, from + i).blend(0, bad);
        noise = variance.mul(used).fma(used, noise);
        covered = covered.add(used);
      }
    }
    sum = LaneSums.of(light);
    sumVariance = LaneSums.of(noise);
    area = LaneSums.of(covered);
  }

  private static DoubleVector toDouble(float[] values, int at) {
    return (DoubleVector)
        FloatVector.fromArray(HALF, values, at).convertShape(VectorOperators.F2D, DOUBLES, 0);
  }
}
