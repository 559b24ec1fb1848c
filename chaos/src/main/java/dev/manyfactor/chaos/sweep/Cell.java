package dev.manyfactor.chaos.sweep;

import dev.manyfactor.faults.Moment;
import java.util.ArrayList;
import java.util.List;

/// One thing to try.
///
/// @param subject the operation, job or schedule
/// @param spot at which message
/// @param moment when
/// @param fault what happens
public record Cell(String subject, Spot spot, Moment moment, Fault fault) {
  private static final List<Fault> CRASHES = List.of(Fault.CUT, Fault.TERMINATE, Fault.KILL);

  /// Every cell of a subject. What leaves the process alone comes before what replaces it.
  static List<Cell> of(String subject, List<Spot> spots) {
    List<Cell> cells = new ArrayList<>();
    for (Spot spot : spots) {
      cells.add(new Cell(subject, spot, Moment.BEFORE, Fault.STALL));
      for (Fault fault : CRASHES) {
        for (Moment moment : Moment.values()) {
          cells.add(new Cell(subject, spot, moment, fault));
        }
      }
    }
    return List.copyOf(cells);
  }

  private String when() {
    return switch (moment) {
      case BEFORE -> "before it arrives";
      case ANSWER_HELD -> "with its answer swallowed";
      case AFTER -> "after its answer";
    };
  }

  @Override
  public String toString() {
    return "%s, message %s: %s %s".formatted(subject, spot, fault.words(), when());
  }
}
