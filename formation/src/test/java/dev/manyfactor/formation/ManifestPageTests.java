package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The page of `manyfactor.yaml` has every key of the schema that manifests are read with.
///
/// After a change run the test with `-Dwrite.pages=true`: it writes keys and values, keeps the
/// meanings, and leaves a `?` where one is missing.
class ManifestPageTests {
  private static final Path PAGE = Path.of("../docs/reference/manifest.md");
  private static final String START = "<!-- from here on written by ManifestPageTests -->\n";
  private static final Pattern MEANING =
      Pattern.compile("(?m)^\\| (?:\\*\\*)?`([^`]+)`(?:\\*\\*)? \\| .*? \\| (.*) \\|$");

  private final JsonNode schema = schema();
  private final Map<String, Key> keys = new LinkedHashMap<>();

  /// What the schema says of a key.
  ///
  /// @param value what may stand there
  private record Key(boolean required, String value) {}

  @Test
  void thePageHasEveryKeyWithItsValueAndSaysWhichMustBeGiven() throws IOException {
    collect(schema, "");
    assertThat(keys).hasSizeGreaterThan(30).containsEntry("name", new Key(true, "text"));
    String page = Files.readString(PAGE);
    String actual = page.substring(0, page.indexOf(START)) + START + table(meanings(page));
    if (Boolean.getBoolean("write.pages")) {
      Files.writeString(PAGE, actual);
    }
    assertThat(Files.readString(PAGE)).as("%s differs from the schema", PAGE).isEqualTo(actual);
  }

  @Test
  void everyKeyHasAMeaning() throws IOException {
    assertThat(meanings(Files.readString(PAGE)).values())
        .hasSizeGreaterThan(30)
        .doesNotContain("?");
  }

  private static Map<String, String> meanings(String page) {
    return MEANING
        .matcher(page)
        .results()
        .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2), (a, _) -> a));
  }

  private String table(Map<String, String> meanings) {
    List<String> lines =
        new ArrayList<>(List.of("", "| key | value | meaning |", "| --- | --- | --- |"));
    keys.forEach((name, key) ->
        lines.add(
            "| %s | %s | %s |"
                .formatted(
                    key.required() ? "**`" + name + "`**" : "`" + name + "`",
                    key.value(),
                    meanings.getOrDefault(name, "?"))));
    return String.join("\n", lines) + "\n";
  }

  private static JsonNode schema() {
    try (InputStream schema =
        ManifestPageTests.class.getResourceAsStream("manyfactor.schema.json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(schema));
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /// Adds what may stand below `path`.
  private void collect(JsonNode object, String path) {
    object
        .path("properties")
        .propertyStream()
        .forEach(property -> {
          String key = path + property.getKey();
          boolean required =
              object
                  .path("required")
                  .valueStream()
                  .anyMatch(name -> name.asString().equals(property.getKey()));
          if (property.getValue().isObject()) { // elsewhere `true`: known, and described once
            JsonNode value = resolved(property.getValue());
            keys.put(key, new Key(required, value(value)));
            below(value, key);
          }
        });
    object.path("allOf").forEach(choice -> collect(choice.path("then"), path));
  }

  private void below(JsonNode value, String key) {
    collect(value, key + ".");
    if (value.has("items")) {
      collect(resolved(value.path("items")), key + "[].");
    }
    if (value.has("propertyNames")) {
      boolean required = value.path("minProperties").asInt(0) > 0;
      keys.put(key + ".<name>", new Key(required, value(value.path("additionalProperties"))));
      collect(value.path("additionalProperties"), key + ".<name>.");
    }
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? schema.at(node.get("$ref").asString().substring(1)) : node;
  }

  /// In a few words.
  private static String value(JsonNode node) {
    if (node.has("enum")) {
      return node.get("enum")
          .valueStream()
          .map(choice -> "`" + choice.asString() + "`")
          .collect(Collectors.joining(", "));
    }
    if (node.has("minimum")) {
      return "%d to %d".formatted(node.get("minimum").asInt(), node.get("maximum").asInt());
    }
    if (node.path("items").path("type").asString("").equals("string")) {
      return "list of texts";
    }
    JsonNode type = node.path("type");
    return type.isArray()
        ? type.valueStream()
            .map(name -> word(name.asString()))
            .distinct()
            .collect(Collectors.joining(", "))
        : word(type.asString());
  }

  private static String word(String type) {
    return switch (type) {
      case "object" -> "mapping";
      case "array" -> "list";
      case "string" -> "text";
      case "null" -> "nothing";
      case "boolean" -> "`true` or `false`";
      default -> type;
    };
  }
}
