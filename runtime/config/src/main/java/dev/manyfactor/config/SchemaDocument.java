package dev.manyfactor.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Describes variables as JSON Schema 2020-12: an object with one string per variable.
final class SchemaDocument {
  private SchemaDocument() {}

  static String of(List<Setting> settings, Set<String> prefixes) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "environment");
    schema.put("type", "object");
    schema.put("properties", properties(settings));
    schema.put(
        "required",
        settings.stream()
            .filter(setting -> setting.isRequired() && setting.allVariables().count() == 1)
            .map(Setting::variable)
            .toList());
    var sources = settings.stream().flatMap(SchemaDocument::sources).toList();
    if (!sources.isEmpty()) {
      schema.put("allOf", sources);
    }
    if (!prefixes.isEmpty()) {
      schema.put("propertyNames", names(settings, prefixes));
    }
    return JsonText.of(schema) + "\n";
  }

  private static Map<String, Object> properties(List<Setting> settings) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Setting setting : settings) {
      put(properties, setting, property -> {});
      setting.former().forEach(former -> put(properties, former, deprecated(setting)));
    }
    return properties;
  }

  private static void put(
      Map<String, Object> properties, Setting setting, Consumer<Map<String, Object>> finish) {
    Map<String, Object> property = property(setting);
    finish.accept(property);
    properties.put(setting.variable(), property);
    if (setting.isSecret()) {
      Map<String, Object> file = text(Wording.file(setting));
      finish.accept(file);
      properties.put(setting.fileVariable(), file);
    }
  }

  private static Consumer<Map<String, Object>> deprecated(Setting replacement) {
    return property -> {
      property.put("description", "deprecated: set " + replacement.variable() + " instead");
      property.put("deprecated", true);
      property.remove("default");
    };
  }

  private static Map<String, Object> property(Setting setting) {
    Map<String, Object> property = text(setting.noun());
    property.putAll(setting.type().schema());
    setting.fallback().ifPresent(text -> property.put("default", text));
    if (!setting.example().isEmpty()) {
      property.put("examples", List.of(setting.example()));
    }
    if (setting.isSecret()) {
      property.put("writeOnly", true);
    }
    return property;
  }

  private static Map<String, Object> text(String description) {
    Map<String, Object> property = new LinkedHashMap<>();
    property.put("type", "string");
    property.put("description", description);
    property.put("minLength", 1);
    return property;
  }

  /// A setting that can be given by several variables (a secret's file, a former name) is given by
  /// one of them.
  private static Stream<Map<String, Object>> sources(Setting setting) {
    List<String> names = setting.allVariables().toList();
    if (names.size() == 1) {
      return Stream.of();
    }
    if (setting.isRequired()) {
      return Stream.of(
          Map.of("oneOf", names.stream().map(name -> Map.of("required", List.of(name))).toList()));
    }
    return names.stream()
        .flatMap(one ->
            names.stream()
                .filter(other -> names.indexOf(one) < names.indexOf(other))
                .map(other -> Map.of("not", Map.of("required", List.of(one, other)))));
  }

  /// Under a declared prefix only declared names are allowed, elsewhere any.
  private static Map<String, Object> names(List<Setting> settings, Set<String> prefixes) {
    List<String> known = new ArrayList<>(properties(settings).keySet());
    String pattern = "^(" + String.join("|", prefixes) + ")_";
    var others = Map.of("not", Map.of("pattern", pattern));
    return Map.of("anyOf", List.of(Map.of("enum", known), others));
  }
}
