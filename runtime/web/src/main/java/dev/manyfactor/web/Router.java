package dev.manyfactor.web;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Finds the operation for a method and a path: a tree of path segments, made once.
///
/// A literal segment wins over a parameter (OpenAPI 3.1, "Path Templating Matching"). Segments are
/// compared after percent-decoding; dot segments, empty segments and a trailing slash match
/// nothing. Immutable after its making, so safe on many threads.
final class Router {
  private final Node root = new Node();

  /// @throws IllegalArgumentException if two operations have one method and path
  Router(List<Operation> operations) {
    operations.forEach(this::add);
    root.freeze();
  }

  /// What to do with a request for `rawPath`, as it came and without its query.
  Match match(String method, String rawPath) {
    if (!isKnown(method)) {
      return new Match.UnknownMethod();
    }
    var values = new ArrayList<String>(2);
    Node node = rawPath.startsWith("/") ? find(root, rawPath, 1, values) : null;
    return node == null ? new Match.NoSuchPath() : node.match(method, values);
  }

  /// The methods of RFC 9110 and 5789; any other word may be the rest of a smuggled message.
  private static boolean isKnown(String method) {
    return switch (method) {
      case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT" -> true;
      default -> false;
    };
  }

  private static @Nullable Node find(Node node, String path, int from, List<String> values) {
    int slash = path.indexOf('/', from);
    int to = slash < 0 ? path.length() : slash;
    Optional<String> segment = PercentCoding.decodeSegment(path.substring(from, to));
    if (segment.isEmpty()) {
      return null;
    }
    Node literal = node.literals.get(segment.get());
    Node found = literal == null ? null : below(literal, path, slash, values);
    if (found != null || node.parameter == null || !isValue(segment.get())) {
      return found;
    }
    values.add(segment.get());
    found = below(node.parameter, path, slash, values);
    if (found == null) {
      values.removeLast();
    }
    return found;
  }

  private static @Nullable Node below(Node node, String path, int slash, List<String> values) {
    if (slash >= 0) {
      return find(node, path, slash + 1, values);
    }
    return node.routes.isEmpty() ? null : node;
  }

  private static boolean isValue(String segment) {
    return !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
  }

  private void add(Operation operation) {
    var parameters = new ArrayList<String>();
    Node node = root;
    for (String segment : operation.path().substring(1).split("/", -1)) {
      if (segment.startsWith("{") && segment.endsWith("}")) {
        parameters.add(segment.substring(1, segment.length() - 1));
        node = node.belowParameter();
      } else {
        node = node.literals.computeIfAbsent(segment, _ -> new Node());
      }
    }
    Labels labels = Labels.of(operation);
    node.add(new Route(operation, List.copyOf(parameters), labels));
  }

  /// One place in the tree: what is served here, and what lies below.
  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private final Map<Method, Route> routes = new EnumMap<>(Method.class);
    private @Nullable Node parameter;
    private String allow = "";

    private Node belowParameter() {
      Node below = parameter == null ? new Node() : parameter;
      parameter = below;
      return below;
    }

    private void add(Route route) {
      Operation operation = route.operation();
      Route former = routes.putIfAbsent(operation.method(), route);
      if (former != null) {
        throw new IllegalArgumentException(
            "operations %s and %s are both %s %s; give one of them another path"
                .formatted(
                    former.operation().id(), operation.id(), operation.method(), operation.path()));
      }
    }

    private void freeze() {
      var names = new StringJoiner(", ");
      routes.keySet().forEach(method -> names.add(method.name()));
      if (routes.containsKey(Method.GET)) {
        names.add("HEAD");
      }
      allow = names.add("OPTIONS").toString();
      literals.values().forEach(Node::freeze);
      if (parameter != null) {
        parameter.freeze();
      }
    }

    private Match match(String method, List<String> values) {
      Route route =
          switch (method) {
            case "GET", "HEAD" -> routes.get(Method.GET);
            case "POST" -> routes.get(Method.POST);
            case "PUT" -> routes.get(Method.PUT);
            case "PATCH" -> routes.get(Method.PATCH);
            case "DELETE" -> routes.get(Method.DELETE);
            default -> null;
          };
      if (route != null) {
        return new Match.Found(route, values);
      }
      return method.equals("OPTIONS") ? new Match.Options(allow) : new Match.WrongMethod(allow);
    }
  }
}
