package io.github.starlane.testdata;

/**
 * Smooth light over the light area: a plane.
 *
 * @param level at the centre [e⁻/px]
 * @param slopeX per px along x [e⁻/px]
 * @param slopeY per px along y [e⁻/px]
 * @param frame geometry
 */
record SkyBackground(double level, double slopeX, double slopeY, FrameGeometry frame) {
  static SkyBackground uniform(double level, FrameGeometry frame) {
    return new SkyBackground(level, 0, 0, frame);
  }

  /** The night sky in a science exposure. */
  static SkyBackground of(SimulationParameters p, EpochConditions epoch) {
    double level = p.sky().level() * p.observation().exposure() * epoch.skyFactor();
    return new SkyBackground(
        level,
        level * p.sky().gradientX() / p.frame().lightWidth(),
        level * p.sky().gradientY() / p.frame().lightHeight(),
        p.frame());
  }

  double at(double x, double y) {
    return level + slopeX * (x - frame.centreX()) + slopeY * (y - frame.centreY());
  }
}
