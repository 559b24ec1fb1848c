package dev.manyfactor.chaos.sweep;

import dev.manyfactor.faults.PostgresMessage;
import dev.manyfactor.faults.PostgresMessage.Kind;
import java.util.ArrayList;
import java.util.List;

/// One message of what a process does, by which it is found again when it does it once more.
///
/// @param number its place among the messages of the rehearsal, from 1
/// @param label what it is: its kind and the text it is about
/// @param occurrence its place among those with the same label, from 1
public record Spot(int number, String label, long occurrence) {
  private static final int SHOWN = 60;

  /// Whether a message belongs to what a process does: logging in, checking whether a connection
  /// lives, and leaving do not.
  static boolean counts(PostgresMessage message) {
    return !message.statement().isEmpty() && message.kind() != Kind.TERMINATE;
  }

  boolean is(PostgresMessage message) {
    return message.occurrence() == occurrence && message.label().equals(label);
  }

  /// What is the same in every one of the rehearsals, in the order of the first; without what it
  /// repeats only because nothing else is to be done, for example looking for work.
  static List<Spot> common(List<List<PostgresMessage>> rehearsals) {
    List<Spot> spots = new ArrayList<>();
    for (PostgresMessage message : Rounds.distinct(rehearsals.getFirst())) {
      Spot spot = new Spot(spots.size() + 1, message.label(), message.occurrence());
      if (rehearsals.stream().allMatch(one -> one.stream().anyMatch(spot::is))) {
        spots.add(spot);
      }
    }
    return List.copyOf(spots);
  }

  @Override
  public String toString() {
    String shown = label.length() > SHOWN ? label.substring(0, SHOWN) + "…" : label;
    return "%d %s%s".formatted(number, shown, occurrence > 1 ? " (" + occurrence + ")" : "");
  }
}
