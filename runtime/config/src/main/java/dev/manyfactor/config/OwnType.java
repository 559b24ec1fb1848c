package dev.manyfactor.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;

/// Types that read themselves: those with `public static T parse(String)`.
final class OwnType {
  private OwnType() {}

  static Optional<ValueType> of(Class<?> type) {
    return parseMethod(type).map(parse -> valueType(type, parse));
  }

  private static Optional<Method> parseMethod(Class<?> type) {
    try {
      Method parse = type.getMethod("parse", String.class);
      if (!Modifier.isStatic(parse.getModifiers()) || parse.getReturnType() != type) {
        return Optional.empty();
      }
      parse.setAccessible(true); // the type itself may be package-private
      return Optional.of(parse);
    } catch (NoSuchMethodException absent) {
      return Optional.empty();
    }
  }

  private static ValueType valueType(Class<?> type, Method parse) {
    Optional<Description> description = Optional.ofNullable(type.getAnnotation(Description.class));
    var secrecy =
        type.isAnnotationPresent(Sensitive.class)
            ? ValueType.Secrecy.DISCREET
            : ValueType.Secrecy.OPEN;
    return new ValueType(
        description.map(Description::value).orElse("a " + type.getSimpleName()),
        description.map(Description::example).orElse(""),
        Map.of(),
        secrecy,
        text -> parsed(parse, text));
  }

  private static Parsed parsed(Method parse, String text) {
    try {
      Object value = parse.invoke(null, text);
      if (value == null) {
        throw new IllegalStateException(parse + " gave no value");
      }
      return new Parsed.Value(value);
    } catch (InvocationTargetException failure) {
      if (failure.getCause() instanceof IllegalArgumentException refusal) {
        return new Parsed.Refused(String.valueOf(refusal.getMessage()));
      }
      throw new IllegalStateException(
          parse + " must refuse a text by IllegalArgumentException", failure.getCause());
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
