package dev.manyfactor.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.postgresql.util.PGobject;

/// Puts Java values in the place of question marks.
final class Parameters {
  // kept, because a method that is looked up again is made ready for its first call again
  private static final ClassValue<Optional<Method>> ONLY_ACCESSOR =
      new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
          return onlyAccessor(type);
        }
      };

  private final PreparedStatement statement;
  private int index;

  Parameters(PreparedStatement statement) {
    this.statement = statement;
  }

  /// Binds the next parameters.
  ///
  /// @throws IllegalArgumentException for a type that has no place in a column
  void bind(List<Object> values) throws SQLException {
    for (Object value : values) {
      index++;
      bindOne(value);
    }
  }

  private void bindOne(Object value) throws SQLException {
    switch (value) {
      case Optional<?> optional when optional.isEmpty() -> statement.setNull(index, Types.NULL);
      case Optional<?> optional -> bindOne(optional.get());
      case String text -> statement.setString(index, text);
      case UUID uuid -> statement.setObject(index, uuid);
      case Integer number -> statement.setInt(index, number);
      case Long number -> statement.setLong(index, number);
      case Short number -> statement.setShort(index, number);
      case Boolean truth -> statement.setBoolean(index, truth);
      case Double number -> statement.setDouble(index, number);
      case BigDecimal number -> statement.setBigDecimal(index, number);
      case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
      case LocalDate date -> statement.setObject(index, date);
      case Duration duration -> statement.setObject(index, interval(duration));
      case byte[] bytes -> statement.setBytes(index, bytes);
      case Enum<?> constant -> statement.setString(index, Conversion.nameOf(constant));
      case Record wrapper -> bindOne(unwrapped(wrapper));
      case List<?> list -> bindList(list);
      default -> throw unsupported(value);
    }
  }

  private void bindList(List<?> list) throws SQLException {
    if (list.isEmpty()) {
      statement.setString(index, "{}"); // untyped: the server knows what it compares with
      return;
    }
    Object[] elements = list.stream().map(Parameters::element).toArray();
    statement.setArray(
        index, statement.getConnection().createArrayOf(arrayType(elements[0]), elements));
  }

  /// An element as it stands in an array's text.
  private static Object element(Object value) {
    return switch (value) {
      case Enum<?> constant -> Conversion.nameOf(constant);
      case Record wrapper -> element(unwrapped(wrapper));
      case byte[] bytes -> throw unsupported(bytes);
      default -> value;
    };
  }

  private static String arrayType(Object element) {
    return switch (element) {
      case String _ -> "text";
      case UUID _ -> "uuid";
      case Short _ -> "int2";
      case Integer _ -> "int4";
      case Long _ -> "int8";
      case Boolean _ -> "bool";
      case Double _ -> "float8";
      case BigDecimal _ -> "numeric";
      case Instant _ -> "timestamptz";
      case LocalDate _ -> "date";
      case Duration _ -> "interval";
      default -> throw unsupported(element);
    };
  }

  private static PGobject interval(Duration duration) throws SQLException {
    var interval = new PGobject();
    interval.setType("interval");
    interval.setValue(duration.toString()); // PostgreSQL reads ISO 8601 durations
    return interval;
  }

  private static Object unwrapped(Record wrapper) {
    try {
      return ONLY_ACCESSOR
          .get(wrapper.getClass())
          .orElseThrow(() -> unsupported(wrapper))
          .invoke(wrapper);
    } catch (IllegalAccessException | InvocationTargetException impossible) {
      throw new IllegalStateException(wrapper.getClass() + " has an accessor", impossible);
    }
  }

  private static Optional<Method> onlyAccessor(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    if (components == null || components.length != 1) {
      return Optional.empty();
    }
    Method accessor = components[0].getAccessor();
    accessor.setAccessible(true);
    return Optional.of(accessor);
  }

  private static IllegalArgumentException unsupported(Object value) {
    return new IllegalArgumentException(
        "a "
            + value.getClass().getSimpleName()
            + " cannot be a parameter; see Transaction.sql for what can be");
  }
}
