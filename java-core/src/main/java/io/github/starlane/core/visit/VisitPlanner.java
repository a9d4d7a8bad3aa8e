package io.github.starlane.core.visit;

import io.github.starlane.core.astrometry.wcs.TangentPlane;
import io.github.starlane.core.frame.Exposure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sorts science exposures into visits: same camera, filter, size and exposure time; pointings that
 * agree; no long gap in time. Fields may alternate: an exposure joins the visit whose latest one is
 * near.
 */
public final class VisitPlanner {
  private final VisitSettings settings;

  /** A planner. */
  public VisitPlanner(VisitSettings settings) {
    this.settings = settings;
  }

  /** The visits of these science exposures, in the order of their first exposure. */
  public List<Visit> plan(List<Exposure> science) {
    List<Exposure> ordered = new ArrayList<>(science);
    ordered.sort(
        Comparator.comparing(VisitPlanner::kind).thenComparing(VisitPlanner::timeThenName));
    List<List<Exposure>> groups = new ArrayList<>();
    for (Exposure exposure : ordered) {
      groups.stream()
          .filter(group -> belongs(exposure, group.get(group.size() - 1)))
          .findFirst()
          .orElseGet(
              () -> {
                List<Exposure> fresh = new ArrayList<>();
                groups.add(fresh);
                return fresh;
              })
          .add(exposure);
    }
    groups.sort(Comparator.comparing(group -> group.get(0), VisitPlanner::timeThenName));
    return name(groups);
  }

  private static String kind(Exposure e) {
    return String.format(
        Locale.ROOT,
        "%s|%s|%s|%d|%d|%.3f",
        e.profile().name(),
        e.camera(),
        e.filter(),
        e.width(),
        e.height(),
        e.exposureTime());
  }

  /** In time; exposures whose time nobody knows follow in the order of their names. */
  private static int timeThenName(Exposure a, Exposure b) {
    int byTime = Double.compare(a.midJd(), b.midJd());
    return byTime != 0 ? byTime : a.name().compareTo(b.name());
  }

  private boolean belongs(Exposure exposure, Exposure last) {
    if (!kind(exposure).equals(kind(last))) {
      return false;
    }
    double gap = Math.abs(exposure.midJd() - last.midJd()) * 86400;
    if (gap > settings.maximumGap() + 2 * exposure.exposureTime()) {
      return false;
    }
    double separation =
        TangentPlane.separation(
            exposure.rightAscension(),
            exposure.declination(),
            last.rightAscension(),
            last.declination());
    double field =
        Math.max(exposure.light().width(), exposure.light().height())
            * exposure.pixelScale()
            / 3600;
    if (Double.isNaN(separation) || Double.isNaN(field)) {
      return exposure.object().equals(last.object());
    }
    return separation <= settings.pointingFraction() * field + exposure.pointingError();
  }

  private static List<Visit> name(List<List<Exposure>> groups) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    List<Visit> visits = new ArrayList<>();
    for (List<Exposure> group : groups) {
      Exposure first = group.get(0);
      String object = first.object().isBlank() ? "field" : first.object();
      String base =
          (first.camera() + "_" + first.filter() + "_" + object)
              .replaceAll("[^A-Za-z0-9.+-]+", "_");
      int number = seen.merge(base, 1, Integer::sum);
      visits.add(new Visit(base + "_" + number, List.copyOf(group)));
    }
    return visits;
  }
}
