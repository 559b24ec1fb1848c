package dev.manyfactor.formation.draft;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// JSON and YAML, of which the one is nearly a part of the other.
final class Trees {
  private static final YAMLMapper YAML = new YAMLMapper();

  private Trees() {}

  /// What a text holds; a missing node if it is neither.
  static JsonNode of(String text) {
    try {
      JsonNode tree = text.isBlank() ? MissingNode.getInstance() : YAML.readTree(text);
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (JacksonException malformed) {
      return MissingNode.getInstance();
    }
  }
}
