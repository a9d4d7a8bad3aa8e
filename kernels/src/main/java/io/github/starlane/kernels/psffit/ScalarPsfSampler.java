package io.github.starlane.kernels.psffit;

/** The plain version: sixteen coefficients per pixel. */
final class ScalarPsfSampler implements PsfSampler {

  private final SplineBasis basis;
  private final int size;
  private final int oversampling;
  private final double[] terms;
  private final double[] local;
  private final double[] weightsX = new double[4];
  private final double[] weightsY = new double[4];
  private final double[] slopesX = new double[4];
  private final double[] slopesY = new double[4];

  ScalarPsfSampler(SplineBasis basis) {
    this.basis = basis;
    size = basis.model.gridSize();
    oversampling = basis.model.oversampling();
    terms = new double[basis.model.terms()];
    local = new double[size * size];
  }

  @Override
  public void place(double x, double y) {
    basis.terms(x, y, terms);
    for (int i = 0; i < local.length; i++) {
      double sum = 0;
      for (int t = 0; t < terms.length; t++) {
        sum += terms[t] * basis.coefficients[t * local.length + i];
      }
      local[i] = sum;
    }
  }

  @Override
  public void sample(double x, double y, Stamp stamp, boolean derivatives) {
    for (int j = 0; j < stamp.height; j++) {
      double gridY = (size - 1) / 2 + (stamp.y0 + j - y) * oversampling;
      int baseY = (int) Math.floor(gridY);
      SplineBasis.weights(gridY - baseY, weightsY);
      SplineBasis.slopes(gridY - baseY, slopesY);
      for (int i = 0; i < stamp.width; i++) {
        double gridX = (size - 1) / 2 + (stamp.x0 + i - x) * oversampling;
        int baseX = (int) Math.floor(gridX);
        SplineBasis.weights(gridX - baseX, weightsX);
        SplineBasis.slopes(gridX - baseX, slopesX);
        int at = j * stamp.stride + i;
        stamp.value[at] = sum(baseX, baseY, weightsX, weightsY);
        if (derivatives) {
          // The star moves one way, the pixel's place in its PSF the other.
          stamp.byX[at] = -oversampling * sum(baseX, baseY, slopesX, weightsY);
          stamp.byY[at] = -oversampling * sum(baseX, baseY, weightsX, slopesY);
        }
      }
    }
  }

  private double sum(int baseX, int baseY, double[] alongX, double[] alongY) {
    double sum = 0;
    for (int j = 0; j < 4; j++) {
      int row = baseY - 1 + j;
      for (int i = 0; i < 4; i++) {
        int column = baseX - 1 + i;
        if (row >= 0 && row < size && column >= 0 && column < size) {
          sum += alongY[j] * alongX[i] * local[row * size + column];
        }
      }
    }
    return sum;
  }
}
