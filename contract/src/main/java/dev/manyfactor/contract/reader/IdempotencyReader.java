package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Idempotency;
import dev.manyfactor.contract.source.Yaml;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads `x-idempotency`: `key`, `safe`, `{natural: [tenant, reference]}` or `{none: reason}`.
final class IdempotencyReader {
  private static final String FORMS =
      "'x-idempotency' must be key, safe, {natural: [columns]} or {none: reason}";

  private final Node node;

  IdempotencyReader(Node node) {
    this.node = node;
  }

  Idempotency read(Idempotency usual) {
    Optional<Yaml> value = node.entry("x-idempotency").map(Yaml.Entry::value);
    if (value.isEmpty()) {
      return usual;
    }
    Optional<Idempotency> read =
        switch (value.get()) {
          case Yaml.Scalar word -> word(word.text());
          case Yaml.Mapping mapping when mapping.entries().size() == 1 ->
              choice(mapping.entries().getFirst());
          case Yaml.Mapping _ -> Optional.empty();
          case Yaml.Sequence _ -> Optional.empty();
        };
    if (read.isEmpty()) {
      node.problem("x-idempotency", FORMS);
    }
    return read.orElse(usual);
  }

  private static Optional<Idempotency> word(String word) {
    return switch (word) {
      case "key" -> Optional.of(new Idempotency.Keyed());
      case "safe" -> Optional.of(new Idempotency.Safe());
      default -> Optional.empty();
    };
  }

  private static Optional<Idempotency> choice(Yaml.Entry entry) {
    List<String> words = words(entry.value());
    if (words.isEmpty()) {
      return Optional.empty();
    }
    return switch (entry.key()) {
      case "natural" -> Optional.of(new Idempotency.Natural(words));
      case "none" -> Optional.of(new Idempotency.None(String.join(", ", words)));
      default -> Optional.empty();
    };
  }

  /// A list of text, or one text with commas.
  private static List<String> words(Yaml value) {
    List<Yaml> items = value instanceof Yaml.Sequence sequence ? sequence.items() : List.of(value);
    return items.stream()
        .filter(Yaml.Scalar.class::isInstance)
        .flatMap(item -> Arrays.stream(((Yaml.Scalar) item).text().split(",")))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
