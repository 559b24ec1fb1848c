package dev.manyfactor.config;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads from a record's components which variables it needs.
///
/// What it refuses is a mistake of the record's author, so it throws at once instead of collecting.
final class RecordReader {
  private static final String SUPPORTED =
      "String, int, long, boolean, Duration, URI, Path, Secret, an enum, a type with public static"
          + " T parse(String), a List or an Optional of these, or a record of these";

  private final Class<? extends Record> type;
  private final Map<String, String> defaults;

  private RecordReader(Class<? extends Record> type, Map<String, String> defaults) {
    this.type = type;
    this.defaults = defaults;
  }

  /// @param defaults by component, in place of those that the record states
  static SettingsRecord read(
      String prefix, Class<? extends Record> type, Map<String, String> defaults) {
    return new RecordReader(type, defaults).checked().read("", prefix, type);
  }

  private RecordReader checked() {
    Set<String> unknown = new TreeSet<>(defaults.keySet());
    Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          type.getSimpleName() + " has no component " + String.join(", ", unknown));
    }
    return this;
  }

  private SettingsRecord read(String component, String prefix, Class<? extends Record> record) {
    List<Part> parts =
        Arrays.stream(record.getRecordComponents()).map(part -> part(prefix, part)).toList();
    return new SettingsRecord(component, prefix, record, parts);
  }

  private Part part(String prefix, RecordComponent component) {
    Type declared = component.getGenericType();
    Optional<Type> optional = argument(declared, Optional.class);
    Type wanted = optional.orElse(declared);
    Optional<ValueType> type =
        argument(wanted, List.class)
            .map(element -> valueType(element).map(ValueType::list))
            .orElseGet(() -> valueType(wanted));
    if (type.isPresent()) {
      return setting(prefix, component, type.get(), optional.isPresent());
    }
    if (declared instanceof Class<?> raw && raw.isRecord()) {
      String name = component.getName();
      return read(name, VariableName.under(prefix, name), raw.asSubclass(Record.class));
    }
    throw mistake(component, "must be " + SUPPORTED + " but is " + declared.getTypeName());
  }

  private Setting setting(
      String prefix, RecordComponent component, ValueType type, boolean optional) {
    Optional<String> fallback = fallback(component);
    var setting =
        new Setting(
            VariableName.under(prefix, component.getName()),
            formerNames(prefix, component),
            component.getName(),
            withSecrecy(component, type),
            presence(component, fallback, optional),
            annotation(component, Description.class).map(Description::value).orElse(""),
            example(component, fallback).orElse(type.example()));
    checkDefault(component, setting);
    return setting;
  }

  private Optional<String> fallback(RecordComponent component) {
    String stated =
        component.getDeclaringRecord() == type ? defaults.get(component.getName()) : null;
    return Optional.ofNullable(stated)
        .or(() -> annotation(component, Default.class).map(Default::value));
  }

  private static List<String> formerNames(String prefix, RecordComponent component) {
    return annotation(component, Formerly.class).stream()
        .flatMap(formerly -> Arrays.stream(formerly.value()))
        .map(name -> VariableName.isWhole(name) ? name : VariableName.under(prefix, name))
        .toList();
  }

  private static ValueType withSecrecy(RecordComponent component, ValueType type) {
    boolean marked = component.isAnnotationPresent(Sensitive.class);
    return marked && type.secrecy() == ValueType.Secrecy.OPEN
        ? type.with(ValueType.Secrecy.SILENT)
        : type;
  }

  private static Optional<String> example(RecordComponent component, Optional<String> fallback) {
    return annotation(component, Description.class)
        .map(Description::example)
        .filter(text -> !text.isEmpty())
        .or(() -> fallback);
  }

  private static Setting.Presence presence(
      RecordComponent component, Optional<String> fallback, boolean optional) {
    if (fallback.isPresent() && optional) {
      throw mistake(component, "must be Optional or have a default, not both");
    }
    return fallback
        .<Setting.Presence>map(Setting.Presence.Defaulted::new)
        .orElseGet(
            () -> optional ? new Setting.Presence.Voluntary() : new Setting.Presence.Required());
  }

  private static void checkDefault(RecordComponent component, Setting setting) {
    if (setting.fallback().isEmpty()) {
      return;
    }
    if (setting.isSecret()) {
      throw mistake(component, "is a secret and must not have a default");
    }
    String text = setting.fallback().get();
    if (text.isEmpty() || !(setting.type().parser().apply(text) instanceof Parsed.Value)) {
      throw mistake(component, "has a default that is not " + setting.type().noun());
    }
  }

  private static Optional<ValueType> valueType(Type type) {
    return type instanceof Class<?> raw ? ValueTypes.of(raw) : Optional.empty();
  }

  /// `T`, if `type` is `generic<T>`.
  private static Optional<Type> argument(Type type, Class<?> generic) {
    return type instanceof ParameterizedType given && given.getRawType() == generic
        ? Optional.of(given.getActualTypeArguments()[0])
        : Optional.empty();
  }

  private static <A extends Annotation> Optional<A> annotation(
      AnnotatedElement element, Class<A> type) {
    @Nullable A annotation = element.getAnnotation(type);
    return Optional.ofNullable(annotation);
  }

  private static IllegalArgumentException mistake(RecordComponent component, String what) {
    String name = component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    return new IllegalArgumentException(name + " " + what);
  }
}
