package dev.manyfactor.prover.page;

import dev.manyfactor.prover.outcome.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The drawing of a timeline, as SVG.
///
/// @param lanes from top to bottom
record TimelineDrawing(List<Entry> entries, List<String> lanes) {
  private static final int LEFT = 126; // names of lanes
  private static final int RIGHT = 30;
  private static final int TOP = 30; // times
  private static final int LANE = 34;
  private static final int WIDTH = 1000;
  private static final int RADIUS = 9;
  private static final int APART = 2 * RADIUS + 4;
  private static final int TIME = 62;
  private static final int LETTER = 6;
  private static final int LONGEST_NAME = 17;

  void write(Html html) {
    int[] places = places();
    int width = places[places.length - 1] + RIGHT;
    int height = TOP + LANE * lanes.size() + 6;
    html.open(
        "svg",
        "class",
        "timeline",
        "viewBox",
        "0 0 %d %d".formatted(width, height),
        "width",
        String.valueOf(width),
        "height",
        String.valueOf(height),
        "role",
        "img",
        "aria-label",
        "what happened when; the same as the table that follows");
    lanes(width, html);
    times(places, height, html);
    for (int number = 0; number < entries.size(); number++) {
      dot(number, places, width, html);
    }
    html.close();
  }

  /// From left to right: at least so far apart that dots do not touch, the rest of the width shared
  /// by how much time passed.
  private int[] places() {
    int[] places = new int[entries.size()];
    long whole = Math.max(1, entries.getLast().at().toNanos() - entries.getFirst().at().toNanos());
    int free = Math.max(0, WIDTH - LEFT - RIGHT - APART * entries.size());
    for (int number = 0; number < places.length; number++) {
      long passed = entries.get(number).at().toNanos() - entries.getFirst().at().toNanos();
      places[number] = LEFT + APART + APART * number + (int) (free * (double) passed / whole);
    }
    return places;
  }

  private void lanes(int width, Html html) {
    for (int lane = 0; lane < lanes.size(); lane++) {
      String y = String.valueOf(middle(lane));
      html.element(
          "text",
          Plain.cut(Plain.text(lanes.get(lane)), LONGEST_NAME),
          "class",
          "name " + Timeline.lane(lane),
          "x",
          "4",
          "y",
          y,
          "dy",
          "4");
      html.empty(
          "line", "x1", String.valueOf(LEFT), "x2", String.valueOf(width - 8), "y1", y, "y2", y);
    }
  }

  /// Times above the dots, where there is room for them.
  private void times(int[] places, int height, Html html) {
    int free = 0;
    for (int number = 0; number < places.length; number++) {
      if (places[number] < free) {
        continue;
      }
      String x = String.valueOf(places[number]);
      html.empty(
          "line", "class", "tick", "x1", x, "x2", x, "y1", "20", "y2", String.valueOf(height));
      html.element("text", time(entries.get(number).at()), "class", "time", "x", x, "y", "13");
      free = places[number] + TIME;
    }
  }

  private static String time(Duration at) {
    return at.toMillis() < 1000
        ? at.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.2f s", at.toMillis() / 1000.0);
  }

  private void dot(int number, int[] places, int width, Html html) {
    Entry entry = entries.get(number);
    int lane = lanes.indexOf(entry.lane());
    String x = String.valueOf(places[number]);
    String y = String.valueOf(middle(lane));
    html.open("g", "class", Timeline.lane(lane)).element("title", entry.text());
    html.empty("circle", "cx", x, "cy", y, "r", String.valueOf(RADIUS));
    html.element("text", String.valueOf(number + 1), "class", "dot", "x", x, "y", y, "dy", "3.5");
    int letters = (nextInLane(number, lane, places, width) - places[number] - APART) / LETTER;
    if (letters > 5) {
      html.element(
          "text",
          Plain.cut(Plain.text(entry.text()), letters),
          "class",
          "words",
          "x",
          String.valueOf(places[number] + RADIUS + 4),
          "y",
          y,
          "dy",
          "4");
    }
    html.close();
  }

  /// How far the words of an entry may reach.
  private int nextInLane(int number, int lane, int[] places, int width) {
    for (int next = number + 1; next < places.length; next++) {
      if (lanes.indexOf(entries.get(next).lane()) == lane) {
        return places[next] - RADIUS;
      }
    }
    return width;
  }

  private static int middle(int lane) {
    return TOP + LANE * lane + LANE / 2;
  }
}
