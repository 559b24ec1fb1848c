package dev.manyfactor.prover.rules;

import dev.manyfactor.faults.Deed;
import dev.manyfactor.faults.Moment;
import dev.manyfactor.faults.PostgresMessage;
import dev.manyfactor.faults.Strike;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// A place between two statements of a request, or of a task, where something can be done to it.
///
/// @param number the statement's place among those of the request, from 1
/// @param of how many those are
/// @param moment before it, after it, or when it is carried out and nobody knows
/// @param message it, as it was seen when nothing was done
/// @param occurrence the place of the message among those of the request that are like it
record Boundary(int number, int of, Moment moment, PostgresMessage message, int occurrence) {
  private static final Pattern VALUES = Pattern.compile("'(?:[^']|'')*'|\\b\\d+\\b");
  private static final int SHOWN = 80;

  /// Whether a message is one at which the server can be stopped to some effect.
  static boolean counts(PostgresMessage message) {
    return switch (message.kind()) {
      case QUERY, EXECUTE, FUNCTION_CALL, SYNC -> true;
      case STARTUP,
          PASSWORD,
          PARSE,
          BIND,
          DESCRIBE,
          CLOSE,
          FLUSH,
          COPY_DATA,
          COPY_DONE,
          COPY_FAIL,
          TERMINATE,
          OTHER ->
          false;
    };
  }

  /// Every one of what was counted: before each statement, and after the last.
  static List<Boundary> all(List<PostgresMessage> counted) {
    List<PostgresMessage> statements = new Transactions(counted).statements();
    List<Boundary> all = new ArrayList<>();
    for (int index = 0; index < statements.size(); index++) {
      all.add(at(statements, index, Moment.BEFORE));
    }
    if (!statements.isEmpty()) {
      all.add(at(statements, statements.size() - 1, Moment.AFTER));
    }
    return all;
  }

  /// Those at which something becomes durable, each at some moments.
  static List<Boundary> commits(List<PostgresMessage> counted, List<Moment> moments) {
    Transactions transactions = new Transactions(counted);
    List<PostgresMessage> statements = transactions.statements();
    List<Boundary> commits = new ArrayList<>();
    for (int index = 0; index < statements.size(); index++) {
      if (transactions.makesDurable(statements.get(index))) {
        for (Moment moment : moments) {
          commits.add(at(statements, index, moment));
        }
      }
    }
    return commits;
  }

  private static Boundary at(List<PostgresMessage> statements, int index, Moment moment) {
    PostgresMessage message = statements.get(index);
    int occurrence =
        (int)
            statements.subList(0, index + 1).stream()
                .filter(other -> likeness(other).equals(likeness(message)))
                .count();
    return new Boundary(index + 1, statements.size(), moment, message, occurrence);
  }

  /// What is the same of a message each time, also where its text has the values in it.
  private static String likeness(PostgresMessage message) {
    return VALUES.matcher(message.label()).replaceAll("?");
  }

  /// What is done when another request comes here.
  ///
  /// It is found by what its statement looks like, since a new session may have something to say
  /// first.
  Strike strike(Deed deed) {
    AtomicInteger alike = new AtomicInteger();
    return new Strike(
        other -> likeness(other).equals(likeness(message)) && alike.incrementAndGet() == occurrence,
        moment,
        deed);
  }

  /// Some of many, in their order: those that matter most, and others by chance.
  static List<Boundary> some(
      List<Boundary> all, Predicate<Boundary> first, int most, RandomGenerator random) {
    List<Boundary> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    List<Boundary> chosen = new ArrayList<>(shuffled.stream().filter(first).limit(most).toList());
    shuffled.stream().filter(first.negate()).limit(most - chosen.size()).forEach(chosen::add);
    chosen.sort(Comparator.comparingInt(Boundary::number).thenComparing(Boundary::moment));
    return chosen;
  }

  @Override
  public String toString() {
    String text = message.statement();
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + " …";
    String statement = "statement %d of %d (%s)".formatted(number, of, shown);
    return switch (moment) {
      case BEFORE -> "before " + statement;
      case ANSWER_HELD -> "with %s carried out and its answer lost".formatted(statement);
      case AFTER -> "after " + statement;
    };
  }
}
