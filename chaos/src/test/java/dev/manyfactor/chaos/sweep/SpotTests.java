package dev.manyfactor.chaos.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.faults.Moment;
import dev.manyfactor.faults.PostgresMessage;
import dev.manyfactor.faults.PostgresMessage.Kind;
import dev.manyfactor.faults.PostgresSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpotTests {
  private static final PostgresSession ONE = new PostgresSession(1, "a", 11);
  private static final PostgresSession OTHER = new PostgresSession(2, "a", 12);

  @Test
  void whatIsInEveryRehearsalIsASpotInTheOrderOfTheFirst() {
    List<PostgresMessage> first =
        said(new Says(ONE, "begin"), new Says(ONE, "insert"), new Says(ONE, "commit"));
    List<PostgresMessage> second =
        said(
            new Says(OTHER, "look"),
            new Says(ONE, "begin"),
            new Says(ONE, "insert"),
            new Says(ONE, "commit"));
    assertThat(Spot.common(List.of(first, second)))
        .containsExactly(
            new Spot(1, "QUERY begin", 1),
            new Spot(2, "QUERY insert", 1),
            new Spot(3, "QUERY commit", 1));
    assertThat(Spot.common(List.of(second, first))).hasSize(3);
  }

  @Test
  void aRoundThatSaysWhatAnEarlierOneHasSaidIsNoSpotAgain() {
    List<PostgresMessage> messages =
        said(
            new Says(ONE, "look"),
            new Says(OTHER, "begin"),
            new Says(ONE, "look"), // between two of the other session
            new Says(OTHER, "take"),
            new Says(OTHER, "commit"),
            new Says(OTHER, "begin"),
            new Says(OTHER, "done"),
            new Says(OTHER, "commit"),
            new Says(ONE, "look"));
    assertThat(Spot.common(List.of(messages)))
        .extracting(spot -> spot.label() + " " + spot.occurrence())
        .containsExactly(
            "QUERY look 1",
            "QUERY begin 1",
            "QUERY take 1",
            "QUERY commit 1",
            "QUERY begin 2",
            "QUERY done 1",
            "QUERY commit 2");
  }

  @Test
  void everySpotHasTenCells() {
    List<Spot> spots = List.of(new Spot(1, "QUERY begin", 1), new Spot(2, "QUERY commit", 1));
    List<Cell> cells = Cell.of("pay", spots);
    assertThat(cells).hasSize(20).doesNotHaveDuplicates();
    assertThat(cells)
        .contains(new Cell("pay", spots.getLast(), Moment.ANSWER_HELD, Fault.KILL))
        .contains(new Cell("pay", spots.getFirst(), Moment.BEFORE, Fault.STALL));
    assertThat(cells.getLast())
        .hasToString("pay, message 2 QUERY commit: process killed after its answer");
  }

  private record Says(PostgresSession session, String statement) {}

  private static List<PostgresMessage> said(Says... all) {
    List<PostgresMessage> messages = new ArrayList<>();
    Map<String, Long> alike = new HashMap<>();
    for (Says one : all) {
      messages.add(
          new PostgresMessage(
              messages.size() + 1L,
              alike.merge(one.statement(), 1L, Long::sum),
              Kind.QUERY,
              one.statement(),
              one.session()));
    }
    return messages;
  }
}
