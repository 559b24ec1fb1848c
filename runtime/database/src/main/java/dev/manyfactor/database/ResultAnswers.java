package dev.manyfactor.database;

import dev.manyfactor.database.spi.Answers;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The answers of the opening statements, read in order.
final class ResultAnswers implements Answers {
  private final @Nullable PreparedStatement statement;

  ResultAnswers(@Nullable PreparedStatement statement) {
    this.statement = statement;
  }

  @Override
  public <T> List<T> next(RowMapper<T> mapper) {
    try {
      ResultSet rows = statement == null ? null : statement.getResultSet();
      if (statement == null || rows == null) {
        throw new NoSuchElementException("there is no further answer with rows");
      }
      List<T> values = Results.read(rows, mapper);
      statement.getMoreResults();
      return values;
    } catch (SQLException unreadable) {
      throw new RowMappingException("an answer could not be read", unreadable);
    }
  }
}
