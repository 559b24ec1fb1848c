package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.source.Problems;
import dev.manyfactor.contract.source.Yaml;
import dev.manyfactor.json.Json;
import dev.manyfactor.json.Parsed;
import dev.manyfactor.json.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The examples in a contract: kept until all types are known, then read as documents would be. An
/// example that the service itself would refuse misleads whoever reads it.
final class Examples {
  private record Example(Node owner, int line, Yaml value, Type type, boolean nullable) {}

  private final Components components;
  private final List<Example> examples = new ArrayList<>();

  Examples(Components components) {
    this.components = components;
  }

  /// Checks the keywords of those under components, used or not; their values where they are used.
  void readComponents(Problems problems) {
    for (Yaml.Entry entry : components.all("examples")) {
      Node.of("example " + entry.key(), entry, problems)
          .ifPresent(node -> node.only(Keywords.EXAMPLE));
    }
  }

  /// Keeps the examples of a schema, or of what has one.
  void expect(Node owner, Schema schema) {
    owner.entry("example").ifPresent(entry -> add(owner, entry, schema));
    if (owner.has("schema")) {
      if (owner.has("example") && owner.has("examples")) {
        owner.problem("examples", "give either 'example' or 'examples'");
      }
      owner.entries("examples").forEach(entry -> named(owner, entry, schema));
    } else {
      owner
          .items("examples")
          .forEach(item -> add(owner, new Yaml.Entry("examples", item.line(), 1, item), schema));
    }
  }

  private void named(Node owner, Yaml.Entry entry, Schema schema) {
    String name = owner.name() + ", example " + entry.key();
    components
        .follow(name, entry.line(), entry.value(), "examples")
        .map(node -> node.only(Keywords.EXAMPLE))
        .flatMap(node -> node.entry("value"))
        .ifPresent(value -> add(owner, value, schema));
  }

  private void add(Node owner, Yaml.Entry entry, Schema schema) {
    examples.add(new Example(owner, entry.line(), entry.value(), schema.type(), schema.nullable()));
  }

  /// Reports each rule that an example breaks; for when all types are known and without problem.
  void check(Declarations declarations) {
    RuntimeCodecs codecs = new RuntimeCodecs(declarations);
    for (Example example : examples) {
      boolean isNull =
          example.value() instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.NOTHING;
      if (!isNull || !example.nullable()) {
        check(example, codecs);
      }
    }
  }

  private static void check(Example example, RuntimeCodecs codecs) {
    try {
      byte[] document = JsonText.of(example.value()).getBytes(StandardCharsets.UTF_8);
      switch (Json.parse(document, codecs.of(example.type()))) {
        case Parsed.Valid<?> _ -> {}
        case Parsed.Malformed<?>(var detail) -> problem(example, example.line(), detail);
        case Parsed.Invalid<?>(var violations) ->
            violations.forEach(violation -> problem(example, violation));
      }
    } catch (NumberFormatException notJson) {
      problem(example, example.line(), "decimal notation: write its numbers in plain digits");
    }
  }

  private static void problem(Example example, Violation violation) {
    String place = violation.pointer().isEmpty() ? "" : " at " + violation.pointer();
    int line = line(example.value(), violation.pointer()).orElse(example.line());
    problem(example, line, violation.rule() + place + ": " + violation.detail());
  }

  private static void problem(Example example, int line, String fault) {
    example
        .owner()
        .problems()
        .add(line, "%s: the example breaks %s".formatted(example.owner().name(), fault));
  }

  /// The line of the innermost value that the pointer reaches, if it is deeper than the example.
  private static Optional<Integer> line(Yaml value, String pointer) {
    Optional<Integer> line = Optional.empty();
    Yaml at = value;
    for (String name : pointer.split("/", -1)) {
      if (at instanceof Yaml.Mapping mapping && mapping.entry(unescaped(name)).isPresent()) {
        Yaml.Entry entry = mapping.entry(unescaped(name)).get();
        line = Optional.of(entry.line());
        at = entry.value();
      } else if (at instanceof Yaml.Sequence sequence && name.matches("[0-9]{1,9}")) {
        at = sequence.items().get(Integer.parseInt(name));
        line = Optional.of(at.line());
      }
    }
    return line;
  }

  private static String unescaped(String name) {
    return name.replace("~1", "/").replace("~0", "~");
  }
}
