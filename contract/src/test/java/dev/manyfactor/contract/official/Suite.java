package dev.manyfactor.contract.official;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The official JSON Schema Test Suite for 2020-12: groups of documents, each with a schema and the
/// verdict for each document.
///
/// What it takes from its source: the suite as one file in the tests of Vert.x, or a checkout.
final class Suite {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .build();

  private static final String DRAFT = "draft2020-12/";

  /// Documents that one schema judges.
  ///
  /// @param name the file without its ending and, from 0, which group of it: `maximum 1`
  /// @param description in the words of the suite
  record Group(String name, String description, JsonNode schema, List<Document> documents) {}

  /// @param isValid what the suite says of it
  record Document(String description, JsonNode data, boolean isValid) {}

  private Suite() {}

  /// As Maven brings it.
  static List<Group> packaged() throws IOException {
    try (InputStream file = Suite.class.getResourceAsStream("/test-suite-tck.json")) {
      List<Group> groups = new ArrayList<>();
      for (JsonNode part : MAPPER.readTree(Objects.requireNonNull(file)).get("suites")) {
        String name = part.get("name").asString();
        if (name.startsWith(DRAFT)) {
          groups.addAll(groups(name.substring(DRAFT.length()), part.get("value")));
        }
      }
      return groups;
    }
  }

  /// From a checkout of the suite.
  static List<Group> in(Path checkout) throws IOException {
    Path folder = checkout.resolve("tests").resolve(DRAFT);
    List<Group> groups = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        String name = folder.relativize(file).toString().replace(".json", "");
        groups.addAll(groups(name, MAPPER.readTree(file)));
      }
    }
    return groups;
  }

  private static List<Group> groups(String file, JsonNode values) {
    List<Group> groups = new ArrayList<>();
    for (JsonNode value : values) {
      List<Document> documents =
          value
              .get("tests")
              .valueStream()
              .map(test ->
                  new Document(
                      test.get("description").asString(),
                      test.get("data"),
                      test.get("valid").asBoolean()))
              .toList();
      String description = value.get("description").asString();
      String name = file + " " + groups.size();
      groups.add(new Group(name, description, value.get("schema"), documents));
    }
    return groups;
  }
}
