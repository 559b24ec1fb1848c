package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Holds the reference of `manyfactor.yaml` in the guide to the schema that manifests are read
/// with.
class ManifestGuideTests {
  private static final Path GUIDE = Path.of("../docs/guides/running-locally.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\*\\*)?`([^`]+)`(?:\\*\\*)? \\|");

  @Test
  void theGuideHasEveryKeyAndSaysWhichMustBeGiven() throws IOException {
    Map<String, Boolean> keys = new TreeMap<>();
    collect(schema(), "", keys);
    assertThat(keys).hasSizeGreaterThan(30).containsEntry("name", true);
    assertThat(reference()).isEqualTo(keys);
  }

  /// The keys of the guide, and whether they are in bold.
  private static Map<String, Boolean> reference() throws IOException {
    String guide = Files.readString(GUIDE);
    return ROW.matcher(guide.substring(guide.indexOf("\n## The manifest\n")))
        .results()
        .collect(
            Collectors.toMap(
                row -> row.group(2), row -> row.group(1) != null, (a, b) -> b, TreeMap::new));
  }

  private static JsonNode schema() throws IOException {
    try (InputStream schema =
        ManifestGuideTests.class.getResourceAsStream("manyfactor.schema.json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(schema));
    }
  }

  /// Adds what may stand below `path`.
  private static void collect(JsonNode schema, String path, Map<String, Boolean> keys) {
    schema
        .path("properties")
        .propertyStream()
        .forEach(property -> {
          String key = path + property.getKey();
          boolean required =
              schema
                  .path("required")
                  .valueStream()
                  .anyMatch(name -> name.asString().equals(property.getKey()));
          keys.merge(key, required, Boolean::logicalOr);
          below(property.getValue(), key, keys);
        });
    schema.path("allOf").forEach(choice -> collect(choice.path("then"), path, keys));
  }

  private static void below(JsonNode schema, String key, Map<String, Boolean> keys) {
    collect(schema, key + ".", keys);
    if (schema.has("items")) {
      collect(schema.path("items"), key + "[].", keys);
    }
    if (schema.has("propertyNames")) {
      keys.put(key + ".<name>", schema.path("minProperties").asInt(0) > 0);
      collect(schema.path("additionalProperties"), key + ".<name>.", keys);
    }
  }
}
