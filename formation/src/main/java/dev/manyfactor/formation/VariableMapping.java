package dev.manyfactor.formation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// From the variables that a manifest lists, which have the right shape, to what they are.
///
/// @param problems gets what is wrong; the caller looks before it uses the result
/// @param tree the whole manifest, whose processes and dependencies set variables of their own
record VariableMapping(ManifestProblems problems, JsonNode tree) {
  private static final String SCHEMA = "schema";

  List<Variable> map(JsonNode node) {
    if (node.has(SCHEMA) && node.size() > 1) {
      problems.add(
          node.get(SCHEMA),
          "variables: `schema` is a command that prints all of them; give either that or a list");
    }
    List<Variable> variables = new ArrayList<>();
    Set<String> implied = Implied.by(tree);
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!entry.getKey().equals(SCHEMA)) {
        Variable variable = variable(entry.getKey(), entry.getValue());
        requireExample(variable, node, implied);
        variables.add(variable);
      }
    }
    return variables;
  }

  private static Variable variable(String name, JsonNode node) {
    return new Variable(
        name,
        Variable.Kind.of(node.path("type").asString("text")),
        node.path("required").asBoolean(true),
        node.path("secret").asBoolean(false),
        Optional.ofNullable(node.get("example")).map(JsonNode::asString));
  }

  private void requireExample(Variable variable, JsonNode variables, Set<String> implied) {
    String name = variable.name();
    JsonNode node = variables.get(name);
    if (variable.example().isPresent()) {
      String example = variable.example().get();
      if (!variable.kind().accepts(example)) {
        problems.add(
            node.get("example"),
            "variables.%s.example: must be %s, but is \"%s\""
                .formatted(name, variable.kind(), variable.secret() ? "***" : example));
      }
    } else if (implied.contains(name)) {
      return; // its value is known
    } else if (variable.secret() && variable.kind() != Variable.Kind.TEXT) {
      problems.add(
          node,
          "variables.%s: a secret that is %s needs an `example`, since random letters are none"
              .formatted(name, variable.kind()));
    } else if (variable.required() && !variable.secret()) {
      problems.add(
          node,
          "variables.%s: needs an `example` that works; or say `required: false` if the service starts without it, `secret: true` if random letters do"
              .formatted(name));
    }
  }
}
