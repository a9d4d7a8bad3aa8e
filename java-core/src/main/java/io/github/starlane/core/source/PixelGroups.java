package io.github.starlane.core.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Groups of touching pixels of an image, diagonal neighbours included. */
final class PixelGroups {
  private final int width;
  private final List<int[]> groups = new ArrayList<>();

  /**
   * Groups.
   *
   * @param bits of all pixels, row by row
   * @param bit pixels that have it belong to a group
   */
  PixelGroups(int[] bits, int width, int bit) {
    this.width = width;
    boolean[] chosen = new boolean[bits.length];
    for (int i = 0; i < bits.length; i++) {
      chosen[i] = (bits[i] & bit) != 0;
    }
    int[] stack = new int[64];
    for (int i = 0; i < chosen.length; i++) {
      if (chosen[i]) {
        stack = collect(i, chosen, stack);
      }
    }
  }

  /** Indices of the pixels of each group. */
  List<int[]> groups() {
    return groups;
  }

  /** Takes one group out; returns the list it used, which may have grown. */
  private int[] collect(int first, boolean[] chosen, int[] room) {
    int[] members = room;
    members[0] = first;
    chosen[first] = false;
    int count = 1;
    for (int done = 0; done < count; done++) {
      int x = members[done] % width;
      int y = members[done] / width;
      for (int v = Math.max(0, y - 1); v <= Math.min(chosen.length / width - 1, y + 1); v++) {
        for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          if (chosen[v * width + u]) {
            chosen[v * width + u] = false;
            members = count == members.length ? Arrays.copyOf(members, 2 * count) : members;
            members[count++] = v * width + u;
          }
        }
      }
    }
    groups.add(Arrays.copyOf(members, count));
    return members;
  }
}
