package dev.manyfactor.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a record is made of columns; worked out once per record class.
record RecordPlan<R extends Record>(
    Class<R> type, List<Component> components, Constructor constructor) {

  /// One component.
  ///
  /// @param place the component in messages: `Payment.createdAt (Instant)`
  /// @param column the column it is read from
  /// @param optional whether it is an `Optional`
  record Component(String place, String column, boolean optional, Conversion<?> conversion) {}

  /// The canonical constructor.
  record Constructor(java.lang.reflect.Constructor<?> of) {

    /// @throws IllegalArgumentException if the record refuses the values
    Object create(@Nullable Object... values) {
      try {
        return of.newInstance(values);
      } catch (InvocationTargetException refused) {
        throw new IllegalArgumentException(
            of.getDeclaringClass().getSimpleName()
                + " refuses the row: "
                + Failures.reasonOf(refused),
            refused);
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(
            of.getDeclaringClass() + " has an ordinary canonical constructor", impossible);
      }
    }
  }

  static <R extends Record> RecordPlan<R> of(Class<R> type) {
    var components = new ArrayList<Component>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.add(component(type, component));
    }
    return new RecordPlan<>(type, List.copyOf(components), constructor(type));
  }

  static Constructor constructor(Class<?> record) {
    Class<?>[] types =
        Arrays.stream(record.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      var constructor = record.getDeclaredConstructor(types);
      constructor.setAccessible(true); // a service's own records need not be public
      return new Constructor(constructor);
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(record + " has a canonical constructor", impossible);
    }
  }

  private static Component component(Class<?> owner, RecordComponent component) {
    boolean optional = component.getType() == Optional.class;
    Class<?> type = optional ? argument(component.getGenericType()) : component.getType();
    String place =
        owner.getSimpleName() + '.' + component.getName() + " (" + type.getSimpleName() + ')';
    Conversion<?> conversion =
        Conversion.of(type)
            .orElseThrow(() ->
                new RowMappingException(
                    place + ": " + Conversion.unsupported(type).getMessage(), null));
    return new Component(place, columnOf(component.getName()), optional, conversion);
  }

  private static Class<?> argument(Type optional) {
    Type argument = ((ParameterizedType) optional).getActualTypeArguments()[0];
    return argument instanceof Class<?> type ? type : Object.class;
  }

  /// `createdAt` is `created_at`; `line2` is `line2`.
  static String columnOf(String component) {
    return component.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
