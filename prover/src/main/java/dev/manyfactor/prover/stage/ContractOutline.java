package dev.manyfactor.prover.stage;

import dev.manyfactor.prover.trial.Outline;
import dev.manyfactor.prover.trial.Outline.Operation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the operations of an OpenAPI document, in YAML or JSON, as far as rules ask for them; what
/// else it holds is passed over, since a service in another language has it checked elsewhere.
final class ContractOutline {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final int SIZE_LIMIT = 4 << 20;

  private final Map<?, ?> document;

  private ContractOutline(Map<?, ?> document) {
    this.document = document;
  }

  /// The operations of a file.
  ///
  /// @throws IllegalArgumentException when it is no OpenAPI document
  static Outline of(Path file) {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(SIZE_LIMIT).build();
    try (InputStream text = Files.newInputStream(file)) {
      byte[] read = text.readNBytes(SIZE_LIMIT + 1);
      if (read.length > SIZE_LIMIT) {
        throw new IllegalArgumentException(
            "%s is larger than %d MiB".formatted(file, SIZE_LIMIT >> 20));
      }
      Map<?, ?> document =
          mapping(new Load(settings).loadFromInputStream(new ByteArrayInputStream(read)));
      if (document.get("paths") == null) {
        throw new IllegalArgumentException(
            "%s is no OpenAPI document: it has no `paths`".formatted(file));
      }
      return new Outline(new ContractOutline(document).operations());
    } catch (IOException | YamlEngineException | NumberFormatException unreadable) {
      throw new IllegalArgumentException(
          "%s cannot be read: %s".formatted(file, unreadable.getMessage()), unreadable);
    }
  }

  private List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    mapping(document.get("paths"))
        .forEach((path, item) -> {
          Map<?, ?> methods = resolved(item);
          methods.forEach((method, operation) -> {
            if (METHODS.contains(String.valueOf(method))) {
              operations.add(
                  operation(String.valueOf(path), String.valueOf(method), methods, operation));
            }
          });
        });
    return operations;
  }

  private Operation operation(String path, String method, Map<?, ?> item, Object node) {
    Map<?, ?> operation = mapping(node);
    String verb = method.toUpperCase(Locale.ROOT);
    Object security =
        operation.containsKey("security") ? operation.get("security") : document.get("security");
    List<?> demands = security instanceof List<?> list ? list : List.of();
    boolean isPublic =
        demands.isEmpty() || demands.stream().anyMatch(demand -> Map.of().equals(demand));
    return new Operation(
        operation.get("operationId") instanceof String id ? id : verb + " " + path,
        verb,
        path,
        isPublic,
        scopes(demands),
        idempotency(operation, item),
        requiresKey(operation, item),
        responses(operation));
  }

  private static Set<String> scopes(List<?> demands) {
    Set<String> scopes = new TreeSet<>();
    if (!demands.isEmpty()) {
      mapping(demands.getFirst())
          .values()
          .forEach(words -> {
            if (words instanceof List<?> list) {
              list.forEach(word -> scopes.add(String.valueOf(word)));
            }
          });
    }
    return scopes;
  }

  private static Set<String> responses(Map<?, ?> operation) {
    return mapping(operation.get("responses")).keySet().stream()
        .map(String::valueOf)
        .collect(Collectors.toSet());
  }

  private Optional<String> idempotency(Map<?, ?> operation, Map<?, ?> item) {
    Optional<String> said = saidIdempotency(operation);
    return said.isPresent() || keys(operation, item).isEmpty() ? said : Optional.of("key");
  }

  private boolean requiresKey(Map<?, ?> operation, Map<?, ?> item) {
    return saidIdempotency(operation)
        .map("key"::equals)
        .orElseGet(() ->
            keys(operation, item).stream()
                .anyMatch(parameter -> Boolean.TRUE.equals(parameter.get("required"))));
  }

  private static Optional<String> saidIdempotency(Map<?, ?> operation) {
    return operation.get("x-idempotency") instanceof String said
        ? Optional.of(said.split("[:\\s]", 2)[0])
        : Optional.empty();
  }

  /// The parameters of an operation, and of its path, that are a key of a request.
  private List<Map<?, ?>> keys(Map<?, ?> operation, Map<?, ?> item) {
    List<Map<?, ?>> keys = new ArrayList<>();
    for (Map<?, ?> level : List.of(operation, item)) {
      if (level.get("parameters") instanceof List<?> parameters) {
        parameters.stream().map(this::resolved).filter(ContractOutline::isKey).forEach(keys::add);
      }
    }
    return keys;
  }

  private static boolean isKey(Map<?, ?> parameter) {
    return "header".equals(parameter.get("in"))
        && "idempotency-key".equalsIgnoreCase(String.valueOf(parameter.get("name")));
  }

  /// The mapping itself, or the one in the same document that it refers to.
  private Map<?, ?> resolved(Object node) {
    Map<?, ?> given = mapping(node);
    if (!(given.get("$ref") instanceof String reference) || !reference.startsWith("#/")) {
      return given;
    }
    Map<?, ?> found = document;
    for (String step : reference.substring(2).split("/", -1)) {
      found = mapping(found.get(step.replace("~1", "/").replace("~0", "~")));
    }
    return found;
  }

  private static Map<?, ?> mapping(@Nullable Object node) {
    return node instanceof Map<?, ?> mapping ? mapping : Map.of();
  }
}
