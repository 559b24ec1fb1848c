package dev.manyfactor.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every setting of a program: declared first, bound together.
///
/// A component `attemptTimeout` of a record declared under the prefix `CARDS` is the variable
/// `CARDS_ATTEMPT_TIMEOUT`. A component may be a `String`, `int`, `long`, `boolean`,
/// [java.time.Duration] (`250ms`, `5s`, `2m`, `1h` or ISO 8601), [java.net.URI], an enum, a
/// [Secret], a [java.nio.file.Path], any type with `public static T parse(String)`, a `List` of
/// these (comma separated), an `Optional` of these, or a record of these, whose component name then
/// joins the prefix. A component that has no [Default] and is not `Optional` is required.
///
/// Not safe on several threads; declare and bind on the thread that starts the program.
public final class Configuration {
  private final Map<Key, Declared<?>> declared = new LinkedHashMap<>();
  private @Nullable List<EffectiveValue> effective;
  private @Nullable Environment bound;
  private volatile Map<String, SecretInUse> secretsOfFiles = Map.of();

  private record Key(String prefix, Class<?> type, Map<String, String> defaults) {}

  private record Declared<R extends Record>(
      SettingsRecord shape, Class<R> type, Configured<R> handle) {
    void bind(Record value) {
      handle.bind(type.cast(value));
    }
  }

  /// The prefix for the settings of something with a name: `card-network` gives `CARD_NETWORK`.
  ///
  /// @throws IllegalArgumentException if `name` is not letters, digits, `-` and `_`, a letter first
  public static String prefix(String name) {
    return VariableName.of(name);
  }

  /// Adds the settings that `type` describes; the same prefix and type give the same handle again.
  ///
  /// @param prefix what every variable starts with, without the last underscore; empty for none
  /// @throws IllegalArgumentException if the record cannot be read from an environment (a type that
  ///   is not supported, a default that is refused, a variable that another record has)
  /// @throws IllegalStateException after [#bind]
  public <R extends Record> Configured<R> declare(String prefix, Class<R> type) {
    return declare(prefix, type, Map.of());
  }

  /// The same with defaults that the program states in place of the record's own.
  ///
  /// @param defaults by component of the record, each as it would be written in the environment
  public <R extends Record> Configured<R> declare(
      String prefix, Class<R> type, Map<String, String> defaults) {
    var key = new Key(prefix, type, Map.copyOf(defaults));
    Declared<?> known = declared.get(key);
    if (known != null) {
      @SuppressWarnings("unchecked") // the key holds the type
      var handle = (Configured<R>) known.handle();
      return handle;
    }
    if (effective != null) {
      throw new IllegalStateException(
          type.getSimpleName() + " must be declared before the configuration is bound");
    }
    SettingsRecord shape =
        RecordReader.read(prefix.isEmpty() ? "" : VariableName.checked(prefix), type, defaults);
    checkDistinct(shape);
    var handle = new Configured<R>(type.getSimpleName());
    declared.put(key, new Declared<>(shape, type, handle));
    return handle;
  }

  /// Gives every declared record its values, or none of them.
  ///
  /// @throws ConfigurationException with every problem there is
  /// @throws IllegalStateException if it is bound already
  public void bind(Environment environment) {
    if (effective != null) {
      throw new IllegalStateException("the configuration is bound already");
    }
    Binder binder = bindAll(environment);
    bound = environment;
    secretsOfFiles = binder.secretsOfFiles();
    effective = binder.effective();
  }

  private Binder bindAll(Environment environment) {
    var binder = new Binder(environment, new Unknown(settings().toList(), prefixes()));
    List<Runnable> bindings = new ArrayList<>();
    for (Declared<?> each : declared.values()) {
      Optional<Record> value = binder.bind(each.shape());
      value.ifPresent(made -> bindings.add(() -> each.bind(made)));
    }
    List<Problem> problems = binder.problems();
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    bindings.forEach(Runnable::run);
    return binder;
  }

  /// Reads the files of secrets again. If one has changed and everything still holds together, the
  /// handles have the new values from now on; otherwise those that they had. For one thread.
  ///
  /// @return the variables whose secret is another now
  /// @throws ConfigurationException with every problem; what held before still holds
  /// @throws IllegalStateException before [#bind]
  public List<String> refresh() {
    if (bound == null) {
      throw new IllegalStateException("the configuration is not bound yet");
    }
    Map<String, SecretInUse> before = secretsOfFiles;
    Map<String, SecretInUse> now = bindAll(bound).secretsOfFiles();
    secretsOfFiles = now;
    return now.entrySet().stream()
        .filter(secret -> !secret.getValue().equals(before.get(secret.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /// The files that secrets came from, by variable.
  public Map<String, Path> secretFiles() {
    Map<String, Path> files = new LinkedHashMap<>();
    secretsOfFiles.forEach((variable, secret) -> files.put(variable, secret.file()));
    return files;
  }

  /// What holds, in the order of declaration, secrets masked.
  ///
  /// @throws IllegalStateException before [#bind]
  public List<EffectiveValue> effective() {
    if (effective == null) {
      throw new IllegalStateException("the configuration is not bound yet");
    }
    return effective;
  }

  /// One sentence for each deprecated variable that gave a value, naming what to set instead.
  ///
  /// @throws IllegalStateException before [#bind]
  public List<String> warnings() {
    return effective().stream().flatMap(value -> value.warning().stream()).toList();
  }

  /// The declared variables, in the order of declaration; needs no environment. A secret may come
  /// from a file as well, whose variable is not listed.
  public List<Variable> variables() {
    return settings().map(Setting::described).toList();
  }

  /// The declared variables as JSON Schema (2020-12) of an object of strings; needs no environment.
  ///
  /// Bounds that a record checks in its constructor are not in it.
  public String schema() {
    return SchemaDocument.of(settings().toList(), prefixes());
  }

  private Stream<Setting> settings() {
    return declared.values().stream().flatMap(each -> each.shape().settings());
  }

  private Set<String> prefixes() {
    Set<String> prefixes = new TreeSet<>();
    declared.keySet().stream().map(Key::prefix).filter(p -> !p.isEmpty()).forEach(prefixes::add);
    return prefixes;
  }

  /// No two settings may read one variable, nor one of them the `_FILE` of another.
  private void checkDistinct(SettingsRecord added) {
    Set<String> taken = new TreeSet<>();
    settings().flatMap(Setting::allVariables).forEach(taken::add);
    added
        .settings()
        .flatMap(Setting::allVariables)
        .filter(name -> !taken.add(name))
        .findFirst()
        .ifPresent(name -> {
          throw new IllegalArgumentException(
              added.type().getSimpleName()
                  + " must not declare "
                  + name
                  + ", which is declared already");
        });
  }
}
