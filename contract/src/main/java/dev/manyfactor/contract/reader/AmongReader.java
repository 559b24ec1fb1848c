package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.source.Yaml;
import java.util.ArrayList;
import java.util.List;

/// Reads the fixed values of a number or truth value: `enum` or `const`.
final class AmongReader {
  private final Node node;
  private final Declarations declarations;

  AmongReader(Node node, Declarations declarations) {
    this.node = node;
    this.declarations = declarations;
  }

  Type read(Type.Simple of) {
    if (node.has("const") && node.has("enum")) {
      node.problem("const", "give either 'const' or 'enum'");
    }
    List<Yaml> values =
        node.entry("const")
            .map(constant -> List.of(constant.value()))
            .orElseGet(() -> node.items("enum"));
    ValueCheck check = new ValueCheck(node, declarations);
    List<String> texts = new ArrayList<>();
    for (Yaml value : values) {
      if (!TypeWords.isNull(value) && check.isAllowed("value", value, of)) {
        texts.add(((Yaml.Scalar) value).text());
      }
    }
    if (values.isEmpty()) {
      node.problem("enum", "'enum' must have one value or more");
    }
    return texts.isEmpty() ? of : new Type.Among(of, texts);
  }
}
