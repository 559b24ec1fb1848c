package dev.manyfactor.benchmarks;

import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// One of the servers that are compared, with the requests it gets.
final class Side {
  private final String name;
  private final Server server;
  private final Book book;
  private final Map<Operation, Requests.Kind> kinds;
  private final Load load;
  private final SplittableRandom random;
  private final Map<Operation, Long> answered = new EnumMap<>(Operation.class);

  Side(
      String name,
      Server server,
      Book book,
      Map<Operation, Requests.Kind> kinds,
      Load load,
      SplittableRandom random) {
    this.name = name;
    this.server = server;
    this.book = book;
    this.kinds = kinds;
    this.load = load;
    this.random = random;
  }

  String name() {
    return name;
  }

  boolean knows(Operation operation) {
    return kinds.containsKey(operation);
  }

  /// Asks for one operation over and over.
  Figures.Taken measure(int round, Operation operation, Duration duration)
      throws InterruptedException {
    Requests.Kind kind = kinds.get(operation);
    if (kind == null) {
      throw new IllegalArgumentException(name + " does not know " + operation);
    }
    Duration before = server.cpu();
    Answers answers = load.during(duration, server.port(), kind, random);
    double used = server.cpu().minus(before).toNanos() / 1e3 / answers.all();
    answered.merge(operation, (long) answers.all(), Long::sum);
    var detail = new Figures.Detail(answers.p50Millis(), answers.p99Millis(), Rounded.to3(used));
    return new Figures.Taken(round, name, operation, answers.perSecond(), Optional.of(detail));
  }

  /// What is wrong with the rows that the writes left, if anything is.
  Optional<String> miscounted() throws SQLException {
    long keyed = answered.getOrDefault(Operation.POST, 0L);
    long alone = answered.getOrDefault(Operation.POST_WITHOUT_KEY_AND_JOB, 0L);
    var expected = new Book.Rows(keyed + alone, keyed, keyed);
    Book.Rows found = book.rows();
    return found.equals(expected)
        ? Optional.empty()
        : Optional.of(name + " answered for " + expected + " but left " + found);
  }
}
