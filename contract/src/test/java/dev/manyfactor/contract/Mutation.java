package dev.manyfactor.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Changes a document at a random place.
final class Mutation {
  /// Values at and around the bounds of the fixture's types, and some that no type has.
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "-1",
          "2",
          "1.0",
          "1.5",
          "0.999999999999999999999",
          "1e2",
          "100",
          "9007199254740993",
          "9007199254740994",
          "9223372036854775807",
          "-9223372036854775808",
          "\"\"",
          "\"a\"",
          "\"EUR\"",
          "\"eur\"",
          "\"EURO\"",
          "\"EUR\\n\"",
          "\"GB\"",
          "\"🎈\"",
          "\"vip\"",
          "\"VIP\"",
          "\"de\"",
          "\"captured\"",
          "\"6f2d1c1e-0000-4000-8000-00000000000B\"",
          "\"6f2d1c1e-0000-4000-8000-00000000000\"",
          "\"1-1-1-1-1\"",
          "\"2024-02-29\"",
          "\"2023-02-29\"",
          "\"2026-1-1\"",
          "\"2026-11-20T09:31:00Z\"",
          "\"2026-11-20T09:31:00+01:00\"",
          "\"2026-11-20T09:31:00\"",
          "\"2026-11-20 09:31:00Z\"",
          "\"2026-11-20T25:31:00Z\"",
          "\"2026-02-30T09:31:00Z\"",
          "\"ada@example.com\"",
          "\"ada@@example.com\"",
          "\"ada\"",
          "\"https://example.com/\"",
          "\"/relative\"",
          "\"http://a b\"",
          "\"" + "x".repeat(20) + "\"",
          "\"" + "x".repeat(21) + "\"",
          "\"" + "🎈".repeat(20) + "\"",
          "\"" + "x".repeat(140) + "\"",
          "\"" + "x".repeat(201) + "\"",
          "[]",
          "[\"a\"]",
          "[\"a\",\"b\",\"c\",\"d\",\"e\"]",
          "[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"]",
          "[1,\"\"]",
          "[\"a\",\"a\"]",
          "[1,1.0]",
          "5",
          "-10",
          "0.15",
          "0.151",
          "3000000",
          "\"good\"",
          "\"measured\"",
          "{}",
          "{\"a\":1}");

  private Mutation() {}

  /// A document that differs from `document`, which may be changed itself.
  static JsonNode change(JsonNode document, Random random, JsonMapper mapper) {
    List<JsonNode> containers = new ArrayList<>();
    collect(document, containers);
    JsonNode value = mapper.readTree(VALUES.get(random.nextInt(VALUES.size())));
    if (containers.isEmpty() || random.nextInt(50) == 0) {
      return value;
    }
    switch (containers.get(random.nextInt(containers.size()))) {
      case ObjectNode object -> changeObject(object, value, random);
      case ArrayNode array -> array.insert(random.nextInt(array.size() + 1), value);
      default -> throw new IllegalStateException("only objects and arrays are collected");
    }
    return document;
  }

  private static void changeObject(ObjectNode object, JsonNode value, Random random) {
    List<String> names = new ArrayList<>(object.propertyNames());
    if (names.isEmpty() || random.nextInt(8) == 0) {
      object.set("un/known~" + random.nextInt(3), value);
    } else if (random.nextInt(5) == 0) {
      object.remove(names.get(random.nextInt(names.size())));
    } else {
      object.set(names.get(random.nextInt(names.size())), value);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainer()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }
}
