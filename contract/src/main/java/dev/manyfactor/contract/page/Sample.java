package dev.manyfactor.contract.page;

import dev.manyfactor.contract.source.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// An example as the contract has it.
///
/// @param title what it shows; may be empty
/// @param json as a document, laid out for reading
record Sample(String title, String json) {
  /// The examples of a media type, parameter or schema.
  static List<Sample> of(Tree owner) {
    List<Sample> samples = new ArrayList<>();
    owner.at("example").value().ifPresent(value -> samples.add(new Sample("", json(value, ""))));
    owner.at("examples").items().stream()
        .flatMap(item -> item.value().stream())
        .forEach(value -> samples.add(new Sample("", json(value, ""))));
    for (String name : owner.at("examples").keys()) {
      Tree example = owner.at("examples").at(name);
      String summary = example.text("summary");
      example
          .at("value")
          .value()
          .ifPresent(value ->
              samples.add(new Sample(summary.isEmpty() ? name : summary, json(value, ""))));
    }
    return samples;
  }

  private static String json(Yaml value, String indent) {
    String deeper = indent + "  ";
    return switch (value) {
      case Yaml.Mapping mapping when mapping.entries().isEmpty() -> "{}";
      case Yaml.Mapping mapping ->
          mapping.entries().stream()
              .map(entry -> deeper + quoted(entry.key()) + ": " + json(entry.value(), deeper))
              .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
      case Yaml.Sequence sequence when sequence.items().isEmpty() -> "[]";
      case Yaml.Sequence sequence ->
          sequence.items().stream()
              .map(item -> deeper + json(item, deeper))
              .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
      case Yaml.Scalar scalar ->
          switch (scalar.type()) {
            case TEXT -> quoted(scalar.text());
            case NOTHING -> "null";
            case WHOLE, DECIMAL, TRUTH -> scalar.text();
          };
    };
  }

  private static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t")
        + '"';
  }
}
