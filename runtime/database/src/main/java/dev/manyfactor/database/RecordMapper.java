package dev.manyfactor.database;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a row into a record, by the names of its components. Safe on many threads.
final class RecordMapper<R extends Record> implements RowMapper<R> {
  private static final ClassValue<RecordMapper<?>> KNOWN =
      new ClassValue<>() {
        @Override
        protected RecordMapper<?> computeValue(Class<?> type) {
          return new RecordMapper<>(RecordPlan.of(type.asSubclass(Record.class)));
        }
      };

  private final RecordPlan<R> plan;

  private RecordMapper(RecordPlan<R> plan) {
    this.plan = plan;
  }

  @SuppressWarnings("unchecked") // computeValue pairs every class with its own mapper
  static <R extends Record> RecordMapper<R> of(Class<R> type) {
    return (RecordMapper<R>) KNOWN.get(type);
  }

  @Override
  public R map(Row row) {
    Columns columns = row.columns();
    int[] indexes = columns.indexesOf(plan);
    List<RecordPlan.Component> components = plan.components();
    var values = new @Nullable Object[indexes.length];
    for (int i = 0; i < indexes.length; i++) {
      values[i] = value(components.get(i), columns, indexes[i]);
    }
    try {
      return plan.type().cast(plan.constructor().create(values));
    } catch (IllegalArgumentException refused) {
      throw new RowMappingException(String.valueOf(refused.getMessage()), refused);
    }
  }

  private static Object value(RecordPlan.Component component, Columns columns, int index) {
    Object value = columns.read(component.conversion(), index, component.column());
    if (component.optional()) {
      return Optional.ofNullable(value);
    }
    if (value == null) {
      throw new RowMappingException(
          component.place()
              + " cannot hold column "
              + component.column()
              + ", which is null; make the component an Optional, or the column not null",
          null);
    }
    return value;
  }
}
