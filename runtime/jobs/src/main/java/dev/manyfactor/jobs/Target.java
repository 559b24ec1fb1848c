package dev.manyfactor.jobs;

import dev.manyfactor.database.Write;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The transaction that a job is added to: ours, or one of plain JDBC.
///
/// @param <X> how it fails
sealed interface Target<X extends Exception> {

  int update(String sql, Object... parameters) throws X;

  /// Not later than the commit.
  void atCommit(String sql, Object... parameters) throws X;

  /// The first column of the only row.
  Optional<UUID> uuid(String sql, Object... parameters) throws X;

  record OfWrite(Write write) implements Target<RuntimeException> {
    @Override
    public int update(String sql, Object... parameters) {
      return write.update(sql, parameters);
    }

    @Override
    public void atCommit(String sql, Object... parameters) {
      write.atCommit(sql, parameters);
    }

    @Override
    public Optional<UUID> uuid(String sql, Object... parameters) {
      return write.sql(sql, parameters).optional(row -> row.uuid("job"));
    }
  }

  record OfJdbc(Connection connection) implements Target<SQLException> {
    @Override
    public int update(String sql, Object... parameters) throws SQLException {
      try (PreparedStatement statement = prepared(sql, parameters)) {
        return statement.executeUpdate();
      }
    }

    @Override
    public void atCommit(String sql, Object... parameters) throws SQLException {
      var _ = update(sql, parameters);
    }

    @Override
    public Optional<UUID> uuid(String sql, Object... parameters) throws SQLException {
      try (PreparedStatement statement = prepared(sql, parameters);
          ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getObject(1, UUID.class)) : Optional.empty();
      }
    }

    private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
      PreparedStatement statement = connection.prepareStatement(sql);
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, plain(parameters[i]));
      }
      return statement;
    }

    private static @Nullable Object plain(Object parameter) {
      return switch (parameter) {
        case Optional<?> optional -> optional.map(OfJdbc::plain).orElse(null);
        case Instant instant -> instant.atOffset(ZoneOffset.UTC);
        default -> parameter;
      };
    }
  }
}
