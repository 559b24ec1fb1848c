package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.source.Yaml;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads how many bits an integer may need: from its format, or else from where it ends. Without
/// either it is 64, which is stricter than the schema, and as much as callers can be asked to hold.
final class WidthReader {
  private final Node node;

  WidthReader(Node node) {
    this.node = node;
  }

  Type.Width read(Optional<Type.Limit> minimum, Optional<Type.Limit> maximum) {
    if (!node.has("format")) {
      List<BigDecimal> ends =
          minimum.isPresent() && maximum.isPresent()
              ? List.of(minimum.get().value(), maximum.get().value())
              : values();
      if (!ends.isEmpty()) {
        return holding(ends);
      }
    }
    return switch (node.text("format").orElse("int64")) {
      case "int32" -> Type.Width.INT32;
      case "int64" -> Type.Width.INT64;
      default -> {
        node.problem("format", "an integer has format int32 or int64; without one it is an int64");
        yield Type.Width.INT64;
      }
    };
  }

  private static Type.Width holding(List<BigDecimal> ends) {
    return ends.stream().allMatch(end -> end.toBigInteger().bitLength() <= 31)
        ? Type.Width.INT32
        : Type.Width.INT64;
  }

  /// The fixed values, as far as they are whole numbers.
  private List<BigDecimal> values() {
    List<Yaml> values = new ArrayList<>(node.has("enum") ? node.items("enum") : List.of());
    node.entry("const").map(Yaml.Entry::value).ifPresent(values::add);
    return values.stream()
        .flatMap(value -> value instanceof Yaml.Scalar scalar ? Stream.of(scalar) : Stream.empty())
        .filter(scalar -> scalar.type() == Yaml.Type.WHOLE)
        .filter(scalar -> scalar.text().matches("[-+]?[0-9]+"))
        .map(scalar -> new BigDecimal(scalar.text()))
        .toList();
  }
}
