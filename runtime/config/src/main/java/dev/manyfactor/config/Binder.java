package dev.manyfactor.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One pass over an environment: makes records, and collects everything that is wrong.
final class Binder {
  private final Environment environment;
  private final Unknown unknown;
  private final List<Problem> problems = new ArrayList<>();
  private final List<EffectiveValue> effective = new ArrayList<>();
  private final Map<String, String> formerNames = new HashMap<>();
  private final Map<String, SecretInUse> secretsOfFiles = new LinkedHashMap<>();

  Binder(Environment environment, Unknown unknown) {
    this.environment = environment;
    this.unknown = unknown;
  }

  /// Every problem met so far, those of unknown variables last.
  List<Problem> problems() {
    List<Problem> all = new ArrayList<>(problems);
    all.addAll(unknown.problems(environment));
    return all;
  }

  List<EffectiveValue> effective() {
    return List.copyOf(effective);
  }

  /// The secrets that came from files, by their variables.
  Map<String, SecretInUse> secretsOfFiles() {
    return Collections.unmodifiableMap(secretsOfFiles);
  }

  /// The record, unless one of its parts or the record itself has a problem.
  Optional<Record> bind(SettingsRecord shape) {
    List<String> secrets = new ArrayList<>();
    List<Optional<?>> values = new ArrayList<>();
    for (Part part : shape.parts()) {
      values.add(
          switch (part) {
            case Setting setting -> bind(setting, secrets);
            case SettingsRecord nested -> bind(nested);
          });
    }
    if (values.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    return construct(shape, values.stream().map(Optional::orElseThrow).toArray(), secrets);
  }

  private Optional<Object> bind(Setting setting, List<String> secrets) {
    return switch (Given.of(setting, environment)) {
      case Given.Unusable(Problem problem) -> failed(problem);
      case Given.Nothing() -> withoutText(setting);
      case Given.Text(String text, EffectiveValue.Source source, Setting as) -> {
        if (setting.isSecret()) {
          secrets.add(text);
        }
        if (source == EffectiveValue.Source.FILE) {
          keep(setting, as, text);
        }
        note(setting, text, source, nameOf(as, source).filter(name -> !as.equals(setting)));
        yield parsed(as, text).map(setting::wrapped);
      }
    };
  }

  private Optional<Object> withoutText(Setting setting) {
    return switch (setting.presence()) {
      case Setting.Presence.Required() -> failed(Wording.missing(setting, misspelt(setting)));
      case Setting.Presence.Voluntary() -> {
        note(setting, "", EffectiveValue.Source.UNSET, Optional.empty());
        yield Optional.of(Optional.empty());
      }
      case Setting.Presence.Defaulted(String text) -> {
        note(setting, text, EffectiveValue.Source.DEFAULT, Optional.empty());
        yield parsed(setting, text);
      }
    };
  }

  private Optional<Object> parsed(Setting setting, String text) {
    return switch (setting.type().parser().apply(text)) {
      case Parsed.Value(Object value) -> Optional.of(value);
      case Parsed.Wrong(String rule) -> failed(Wording.wrong(setting, text, rule));
      case Parsed.Refused(String why) -> failed(Wording.refused(setting, text, why));
    };
  }

  private Optional<Record> construct(SettingsRecord shape, Object[] values, List<String> secrets) {
    try {
      return Optional.of(constructor(shape.type()).newInstance(values));
    } catch (InvocationTargetException failure) {
      if (failure.getCause() instanceof IllegalArgumentException refusal) {
        String message = String.valueOf(refusal.getMessage());
        return failed(CheckMessage.problem(shape, message, secrets, formerNames));
      }
      // no cause: its text could hold a secret
      throw new IllegalStateException(
          shape.type().getName()
              + " must refuse values by IllegalArgumentException but threw "
              + failure.getTargetException().getClass().getName());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Constructor<? extends Record> constructor(Class<? extends Record> type)
      throws NoSuchMethodException {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor;
  }

  private Optional<String> misspelt(Setting setting) {
    List<String> strangers = environment.names().stream().filter(unknown::isStranger).toList();
    return Spelling.nearest(setting.variable(), strangers);
  }

  private void keep(Setting setting, Setting as, String text) {
    Path file = Path.of(environment.value(as.fileVariable()).orElseThrow());
    secretsOfFiles.put(setting.variable(), new SecretInUse(file, Secret.of(text)));
  }

  /// The variable that was set.
  private static Optional<String> nameOf(Setting setting, EffectiveValue.Source source) {
    return Optional.of(
        source == EffectiveValue.Source.FILE ? setting.fileVariable() : setting.variable());
  }

  private void note(
      Setting setting, String text, EffectiveValue.Source source, Optional<String> formerName) {
    boolean masked = setting.isSecret() && source != EffectiveValue.Source.UNSET;
    String shown = masked ? Secret.MASK : Shown.withoutUserInfo(text);
    effective.add(
        new EffectiveValue(setting.variable(), shown, source, formerName, setting.meaning()));
    formerName.ifPresent(name -> formerNames.put(setting.variable(), name));
  }

  private <T> Optional<T> failed(Problem problem) {
    problems.add(problem);
    return Optional.empty();
  }
}
