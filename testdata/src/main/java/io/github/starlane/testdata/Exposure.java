package io.github.starlane.testdata;

import java.util.List;

/**
 * One frame to be taken: how long, of what.
 *
 * @param key distinguishes the random numbers of this frame from those of all others
 * @param seconds exposure time
 * @param sky smooth light [e⁻/px] where the response is 1
 * @param sources point sources per band of rows, see {@link LightSources#byBand}
 * @param streaks streaks in this frame
 * @param hits cosmic rays, ordered by row
 */
record Exposure(
    long key,
    double seconds,
    SkyBackground sky,
    List<List<LightSources.Source>> sources,
    List<Streak> streaks,
    List<CosmicRays.Hit> hits) {
  /** A frame without point sources and streaks. */
  static Exposure empty(long key, double seconds, SkyBackground sky, List<CosmicRays.Hit> hits) {
    return new Exposure(key, seconds, sky, List.of(), List.of(), hits);
  }
}
