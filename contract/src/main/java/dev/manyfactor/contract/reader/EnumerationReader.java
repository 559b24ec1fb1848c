package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.source.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a string with fixed values.
final class EnumerationReader {
  private final Node node;
  private final Map<String, String> textByConstant = new HashMap<>();

  EnumerationReader(Node node) {
    this.node = node;
  }

  Declaration.Enumeration read(String name) {
    for (String keyword : List.of("format", "pattern", "contentEncoding")) {
      if (node.has(keyword)) {
        node.problem(keyword, "'%s' does not go with enum; leave it out".formatted(keyword));
      }
    }
    List<Declaration.Value> values = new ArrayList<>();
    List<Yaml> items =
        node.entry("const")
            .map(constant -> List.of(constant.value()))
            .orElseGet(() -> node.items("enum"));
    for (Yaml item : items) {
      if (!TypeWords.isNull(item)) { // which is not among the constants, but no value at all
        value(item).ifPresent(values::add);
      }
    }
    if (node.has("const") && node.has("enum")) {
      node.problem("const", "give either 'const' or 'enum'");
    }
    if (values.isEmpty()) {
      node.problem("enum", "'enum' must have one value or more");
    }
    return new Declaration.Enumeration(name, node.about(), node.line(), values);
  }

  private Optional<Declaration.Value> value(Yaml item) {
    if (!(item instanceof Yaml.Scalar scalar) || scalar.type() != Yaml.Type.TEXT) {
      problem(
          item,
          "a value of an enum must be text, but is %s; put it in quotes".formatted(item.kind()));
      return Optional.empty();
    }
    Optional<String> constant = Names.constant(scalar.text()).map(EnumerationReader::free);
    if (constant.isEmpty()) {
      problem(
          item,
          "no Java name can be made of the value '%s'; it needs a letter or a digit"
              .formatted(scalar.text()));
      return Optional.empty();
    }
    checkLength(scalar);
    String former = textByConstant.put(constant.get(), scalar.text());
    if (former != null) {
      problem(
          item,
          "the values '%s' and '%s' have the same Java name %s"
              .formatted(former, scalar.text(), constant.get()));
    }
    return Optional.of(new Declaration.Value(scalar.text(), constant.get()));
  }

  private void checkLength(Yaml.Scalar value) {
    long length = value.text().codePoints().count();
    if (node.count("minLength").filter(least -> length < least).isPresent()
        || node.count("maxLength").filter(most -> length > most).isPresent()) {
      problem(
          value,
          "the value '%s' breaks minLength or maxLength; correct one of them"
              .formatted(value.text()));
    }
  }

  /// The enum has a constant of its own.
  private static String free(String constant) {
    return constant.equals("CODEC") ? "CODEC_VALUE" : constant;
  }

  private void problem(Yaml item, String message) {
    node.problems().add(item.line(), node.name() + ": " + message);
  }
}
