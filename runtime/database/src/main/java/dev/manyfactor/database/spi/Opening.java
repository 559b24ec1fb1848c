package dev.manyfactor.database.spi;

import dev.manyfactor.database.RowMapper;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Statements that run in the round trip of BEGIN, each on a snapshot of its own, and what they
/// answer.
///
/// One round trip only if every column is of a bounded type (a number, a truth value, a `uuid`, a
/// time, `varchar(n)`): before a statement that gives `text`, `jsonb` or `bytea` the driver waits
/// for the answers to those before it, once it has prepared them on the server. Immutable.
///
/// @param <O> what the answers amount to
/// @param statements in the order in which they run; each gives rows
/// @param reader makes the value of the answers
/// @param savepoint whether a savepoint follows, to which [Bracket#restart] returns
/// @param alone whether they go out without the settings of the context
public record Opening<O extends @Nullable Object>(
    List<Statement> statements, Function<Answers, O> reader, boolean savepoint, boolean alone) {

  public Opening {
    statements = List.copyOf(statements);
  }

  /// Nothing beyond BEGIN itself, which is then sent with the first statement of the work.
  public static Opening<Optional<Object>> none() {
    return new Opening<>(List.of(), answers -> Optional.empty(), false, false);
  }

  /// One statement whose rows are the value.
  public static <T> Opening<List<T>> rows(Statement statement, RowMapper<T> mapper) {
    return new Opening<>(List.of(statement), answers -> answers.next(mapper), false, false);
  }

  /// One statement that goes out with BEGIN and nothing else, so that one round trip is enough
  /// whatever it gives: without a tenant and without time limits. It has to set
  /// `transaction_timeout` by itself (`idle_in_transaction_session_timeout` before PostgreSQL 17).
  /// The settings of the context, and a savepoint, go out in front of the next statement.
  public static <T> Opening<List<T>> alone(Statement statement, RowMapper<T> mapper) {
    return new Opening<>(List.of(statement), answers -> answers.next(mapper), false, true);
  }

  /// The same with a savepoint behind the statements.
  public Opening<O> withSavepoint() {
    return new Opening<>(statements, reader, true, alone);
  }
}
