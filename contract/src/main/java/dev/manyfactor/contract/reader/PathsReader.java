package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Operation;
import dev.manyfactor.contract.source.Problems;
import dev.manyfactor.contract.source.Yaml;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the paths and which methods each has.
final class PathsReader {
  private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");
  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]+");
  private static final Pattern VARIABLE = Pattern.compile("\\{[A-Za-z][A-Za-z0-9_-]*}");

  private final Components components;
  private final OperationReader operations;
  private final Problems problems;
  private final Map<String, String> pathByShape = new HashMap<>();
  private final Map<String, Integer> lineById = new HashMap<>();

  PathsReader(Components components, OperationReader operations, Problems problems) {
    this.components = components;
    this.operations = operations;
    this.problems = problems;
  }

  /// The operations of the contract.
  ///
  /// @param prefix what each path is served behind
  List<Operation> read(Node root, String prefix) {
    List<Operation> read = new ArrayList<>();
    for (Yaml.Entry path : root.entries("paths")) {
      if (Keywords.isForOthers(path.key())) {
        continue;
      }
      checkTemplate(path);
      components
          .follow(path.key(), path.line(), path.value(), "pathItems")
          .ifPresent(item -> read.addAll(operationsOf(item.named(prefix + path.key()))));
    }
    return read;
  }

  private List<Operation> operationsOf(Node item) {
    item.only(Keywords.PATH_ITEM);
    List<Operation> read = new ArrayList<>();
    for (Yaml.Entry method : item.entries()) {
      if (METHODS.contains(method.key())) {
        Optional<Operation> operation = operations.read(item, method);
        operation.ifPresent(found -> checkId(found, method.line()));
        operation.ifPresent(read::add);
      }
    }
    return read;
  }

  private void checkId(Operation operation, int line) {
    Integer former = lineById.put(operation.id(), line);
    if (former != null) {
      problems.add(
          line,
          "%s: the operationId is already that of %s; each needs its own"
              .formatted(operation.id(), problems.place(line, former)));
    }
  }

  private void checkTemplate(Yaml.Entry path) {
    String template = path.key();
    if (!template.startsWith("/")) {
      problems.add(path.line(), template + ": a path must start with /");
      return;
    }
    for (String segment : segments(template)) {
      if (!LITERAL.matcher(segment).matches() && !VARIABLE.matcher(segment).matches()) {
        problems.add(
            path.line(),
            "%s: '%s' is not supported as a segment; write plain letters, or one {parameter} for all of it"
                .formatted(template, segment));
      }
    }
    String former = pathByShape.put(VARIABLE.matcher(template).replaceAll("{}"), template);
    if (former != null) {
      problems.add(
          path.line(),
          "%s: matches the same requests as %s; make it one path".formatted(template, former));
    }
  }

  /// The parts between slashes; none for `/`, an empty one where two slashes meet or one ends it.
  private static List<String> segments(String template) {
    return template.equals("/") ? List.of() : Arrays.asList(template.substring(1).split("/", -1));
  }

  /// The names of the parameters in a path template.
  static List<String> variables(String template) {
    return VARIABLE
        .matcher(template)
        .results()
        .map(match -> match.group().substring(1, match.group().length() - 1))
        .toList();
  }
}
