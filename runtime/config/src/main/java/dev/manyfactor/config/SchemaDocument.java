package dev.manyfactor.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
            .filter(setting -> setting.isRequired() && !setting.isSecret())
            .map(Setting::variable)
            .toList());
    var secrets = settings.stream().filter(Setting::isSecret).map(SchemaDocument::source).toList();
    if (!secrets.isEmpty()) {
      schema.put("allOf", secrets);
    }
    if (!prefixes.isEmpty()) {
      schema.put("propertyNames", names(settings, prefixes));
    }
    return JsonText.of(schema) + "\n";
  }

  private static Map<String, Object> properties(List<Setting> settings) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Setting setting : settings) {
      properties.put(setting.variable(), property(setting));
      if (setting.isSecret()) {
        properties.put(setting.fileVariable(), text(Wording.file(setting)));
      }
    }
    return properties;
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

  /// A secret comes from its variable or from its file, never from both.
  private static Map<String, Object> source(Setting setting) {
    var variable = Map.of("required", List.of(setting.variable()));
    var file = Map.of("required", List.of(setting.fileVariable()));
    return setting.isRequired()
        ? Map.of("oneOf", List.of(variable, file))
        : Map.of("not", Map.of("required", List.of(setting.variable(), setting.fileVariable())));
  }

  /// Under a declared prefix only declared names are allowed, elsewhere any.
  private static Map<String, Object> names(List<Setting> settings, Set<String> prefixes) {
    List<String> known = new ArrayList<>(properties(settings).keySet());
    String pattern = "^(" + String.join("|", prefixes) + ")_";
    var others = Map.of("not", Map.of("pattern", pattern));
    return Map.of("anyOf", List.of(Map.of("enum", known), others));
  }
}
