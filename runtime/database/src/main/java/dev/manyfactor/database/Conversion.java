package dev.manyfactor.database;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgResultSet;
import org.postgresql.util.PGInterval;

/// How one Java type is read from a column, and from which columns it can be read without loss.
///
/// @param types the type codes it can be read from; empty for any
/// @param fits those types in words
/// @param reader reads the value, null for null
record Conversion<T>(List<Integer> types, String fits, Reader<T> reader) {
  private static final Map<Class<?>, Conversion<?>> SCALARS = scalars();
  private static final ClassValue<Optional<Conversion<?>>> KNOWN =
      new ClassValue<>() {
        @Override
        protected Optional<Conversion<?>> computeValue(Class<?> type) {
          return derive(type);
        }
      };

  /// Takes a value out of the current row.
  interface Reader<T> {
    @Nullable T read(PgResultSet row, int index) throws SQLException;
  }

  /// The conversion for a type, empty if a column cannot hold one.
  @SuppressWarnings("unchecked") // the map and derive pair every type with its own conversion
  static <T> Optional<Conversion<T>> of(Class<T> type) {
    return KNOWN.get(type).map(conversion -> (Conversion<T>) conversion);
  }

  static RowMappingException unsupported(Class<?> type) {
    return new RowMappingException(
        type.getSimpleName()
            + " cannot be read from a column; use String, int, long, boolean, double, BigDecimal,"
            + " UUID, Instant, LocalDate, Duration, byte[], an enum, a record of one of these, or an"
            + " Optional",
        null);
  }

  /// Refuses a column whose type would lose something on the way.
  void check(String place, String column, int type) {
    if (!types.isEmpty() && !types.contains(type)) {
      throw new RowMappingException(
          place
              + " cannot hold column "
              + column
              + " of type "
              + Oid.toString(type).toLowerCase(Locale.ROOT)
              + "; it fits "
              + fits,
          null);
    }
  }

  private static Optional<Conversion<?>> derive(Class<?> type) {
    Conversion<?> scalar = SCALARS.get(type);
    if (scalar != null) {
      return Optional.of(scalar);
    }
    if (type.isEnum()) {
      return Optional.of(ofEnum(type));
    }
    if (type.isRecord() && type.getRecordComponents().length == 1) {
      return ofWrapper(type, type.getRecordComponents()[0]);
    }
    return Optional.empty();
  }

  private static Conversion<Object> ofEnum(Class<?> type) {
    var constants = new HashMap<String, Object>();
    for (Object constant : type.getEnumConstants()) {
      constants.put(nameOf((Enum<?>) constant), constant);
    }
    return new Conversion<>(
        List.of(),
        "text",
        (row, index) -> {
          String text = row.getString(index);
          return text == null ? null : constant(type, constants, text);
        });
  }

  /// How a constant stands in the database.
  static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Object constant(Class<?> type, Map<String, Object> constants, String text) {
    Object constant = constants.get(text);
    if (constant == null) {
      String known = constants.keySet().stream().sorted().collect(Collectors.joining(", "));
      String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
      throw new IllegalArgumentException(
          type.getSimpleName() + " has " + known + " but the row has \"" + shown + '"');
    }
    return constant;
  }

  private static Optional<Conversion<?>> ofWrapper(Class<?> type, RecordComponent component) {
    return derive(component.getType()).map(inner -> wrap(RecordPlan.constructor(type), inner));
  }

  private static <I> Conversion<Object> wrap(RecordPlan.Constructor wrapper, Conversion<I> inner) {
    return new Conversion<>(
        inner.types,
        inner.fits,
        (row, index) -> {
          Object value = inner.reader.read(row, index);
          return value == null ? null : wrapper.create(value);
        });
  }

  private static Map<Class<?>, Conversion<?>> scalars() {
    var all = new HashMap<Class<?>, Conversion<?>>();
    addNumbers(all);
    all.put(boolean.class, ofPrimitive("bool", PgResultSet::getBoolean, Oid.BOOL));
    all.put(Boolean.class, ofPrimitive("bool", PgResultSet::getBoolean, Oid.BOOL));
    all.put(String.class, new Conversion<>(List.of(), "every type", PgResultSet::getString));
    all.put(UUID.class, ofObject("uuid", UUID.class, Oid.UUID));
    all.put(LocalDate.class, ofObject("date", LocalDate.class, Oid.DATE));
    all.put(
        Instant.class,
        new Conversion<>(List.of(Oid.TIMESTAMPTZ), "timestamptz", Conversion::instant));
    all.put(
        Duration.class, new Conversion<>(List.of(Oid.INTERVAL), "interval", Conversion::duration));
    all.put(byte[].class, new Conversion<>(List.of(Oid.BYTEA), "bytea", PgResultSet::getBytes));
    return Map.copyOf(all);
  }

  private static void addNumbers(Map<Class<?>, Conversion<?>> all) {
    var ints = ofPrimitive("int2 and int4", PgResultSet::getInt, Oid.INT2, Oid.INT4);
    var longs =
        ofPrimitive("int2, int4 and int8", PgResultSet::getLong, Oid.INT2, Oid.INT4, Oid.INT8);
    var doubles = ofPrimitive("float4 and float8", PgResultSet::getDouble, Oid.FLOAT4, Oid.FLOAT8);
    var decimals =
        new Conversion<BigDecimal>(
            List.of(Oid.NUMERIC, Oid.INT2, Oid.INT4, Oid.INT8),
            "numeric, int2, int4 and int8",
            PgResultSet::getBigDecimal);
    all.put(int.class, ints);
    all.put(Integer.class, ints);
    all.put(long.class, longs);
    all.put(Long.class, longs);
    all.put(double.class, doubles);
    all.put(Double.class, doubles);
    all.put(BigDecimal.class, decimals);
  }

  private static <T> Conversion<T> ofPrimitive(String fits, Reader<T> reader, Integer... types) {
    return new Conversion<>(
        List.of(types),
        fits,
        (row, index) -> {
          T value = reader.read(row, index);
          return row.wasNull() ? null : value;
        });
  }

  private static <T> Conversion<T> ofObject(String fits, Class<T> type, int code) {
    return new Conversion<>(List.of(code), fits, (row, index) -> row.getObject(index, type));
  }

  private static @Nullable Instant instant(PgResultSet row, int index) throws SQLException {
    OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable Duration duration(PgResultSet row, int index) throws SQLException {
    var interval = (PGInterval) row.getObject(index);
    if (interval == null) {
      return null;
    }
    if (interval.getYears() != 0 || interval.getMonths() != 0) {
      throw new IllegalArgumentException("an interval with months is no fixed duration");
    }
    return Duration.ofDays(interval.getDays())
        .plusHours(interval.getHours())
        .plusMinutes(interval.getMinutes())
        .plusSeconds(interval.getWholeSeconds())
        .plusNanos(interval.getMicroSeconds() * 1_000L);
  }
}
