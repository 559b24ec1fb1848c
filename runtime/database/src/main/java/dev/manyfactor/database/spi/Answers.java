package dev.manyfactor.database.spi;

import dev.manyfactor.database.RowMapper;
import java.util.List;

/// What the statements of an [Opening] answered, one after the other.
public interface Answers {

  /// The rows of the next statement, at most 1,000.
  ///
  /// @throws java.util.NoSuchElementException after the last statement
  <T> List<T> next(RowMapper<T> mapper);
}
