package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Access;
import dev.manyfactor.contract.model.Operation;
import dev.manyfactor.contract.model.Outcome;
import dev.manyfactor.contract.model.Parameter;
import dev.manyfactor.contract.model.Transaction;
import dev.manyfactor.contract.source.Yaml;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads one operation.
final class OperationReader {
  private static final String KEY_HEADER = "Idempotency-Key";

  private final SecurityReader security;
  private final ParameterReader parameters;
  private final ResponseReader responses;
  private final BodyReader bodies;

  OperationReader(
      SecurityReader security,
      ParameterReader parameters,
      ResponseReader responses,
      BodyReader bodies) {
    this.security = security;
    this.parameters = parameters;
    this.responses = responses;
    this.bodies = bodies;
  }

  /// The operation, or empty if it has no usable name; its problems are reported either way.
  Optional<Operation> read(Node path, Yaml.Entry entry) {
    String method = entry.key().toUpperCase(Locale.ROOT);
    Optional<String> id = id(path, entry, method);
    return Node.of(id.orElse(method + " " + path.name()), entry, path.problems())
        .map(node -> read(node.only(Keywords.OPERATION), path, method, id.orElse("unnamed")))
        .filter(_ -> id.isPresent());
  }

  private Optional<String> id(Node path, Yaml.Entry entry, String method) {
    Optional<Node> node = Node.of(method + " " + path.name(), entry, path.problems());
    Optional<String> id = node.flatMap(found -> found.text("operationId"));
    if (node.isPresent() && !node.get().has("operationId")) {
      node.get()
          .problem(
              "has no operationId; give it the name of its Java method, such as createPayment");
    }
    Optional<String> java = id.flatMap(Names::method);
    if (id.isPresent() && java.isEmpty()) {
      node.get()
          .problem(
              "operationId",
              "'%s' cannot be a Java method; write it like createPayment".formatted(id.get()));
    }
    return java;
  }

  private Operation read(Node node, Node path, String method, String id) {
    Optional<Access> access = security.read(node);
    Operation.Promises promises = new PromisesReader(node, method).read(access);
    List<Parameter> declared = parameters.read(path, node);
    checkPath(node, path.name(), declared);
    checkKey(node, promises, declared);
    List<Outcome> outcomes = responses.read(node);
    checkDownloads(node, method, promises, outcomes);
    checkCookies(node, promises, outcomes);
    return new Operation(
        id,
        method,
        path.name(),
        description(node),
        node.truth("deprecated", false),
        promises,
        declared.stream().filter(parameter -> !isKey(parameter)).toList(),
        bodies.read(node, method),
        outcomes);
  }

  /// A download is made while it is sent, so it cannot be kept with a key or commit with a write.
  private static void checkDownloads(
      Node node, String method, Operation.Promises promises, List<Outcome> outcomes) {
    boolean isDownload =
        outcomes.stream()
            .anyMatch(outcome -> outcome.content() instanceof Outcome.Content.Download);
    boolean isRead =
        promises.transaction() == Transaction.READ || promises.transaction() == Transaction.NONE;
    if (isDownload && !(method.equals("GET") && isRead)) {
      node.problem(
          "responses",
          "answers with a file, which only a GET with x-transaction read or none can; answer with"
              + " the Location of such a GET");
    }
  }

  /// What is kept under a key is sent to whoever repeats the request, which a cookie is not for.
  private static void checkCookies(Node node, Operation.Promises promises, List<Outcome> outcomes) {
    boolean setsCookie =
        outcomes.stream()
            .flatMap(outcome -> outcome.headers().stream())
            .anyMatch(header -> header.name().equalsIgnoreCase("Set-Cookie"));
    if (setsCookie && PromisesReader.isKeyed(promises)) {
      node.problem(
          "responses",
          "sets a cookie, but is idempotent by key, so its answer is kept and sent again; leave"
              + " Set-Cookie out, or set x-idempotency to none: reason");
    }
  }

  private static String description(Node node) {
    return (node.textOrEmpty("summary") + "\n\n" + node.textOrEmpty("description")).strip();
  }

  private void checkPath(Node node, String template, List<Parameter> declared) {
    List<String> inTemplate = PathsReader.variables(template);
    List<String> inParameters =
        declared.stream()
            .filter(parameter -> parameter.place() == Parameter.Place.PATH)
            .map(Parameter::name)
            .toList();
    for (String name : inTemplate) {
      if (!inParameters.contains(name)) {
        node.problem(
            "parameters",
            "the path has {%s}, but there is no such path parameter; declare it".formatted(name));
      }
    }
    for (String name : inParameters) {
      if (!inTemplate.contains(name)) {
        node.problem(
            "parameters",
            "the path parameter '%s' is not in the path; add {%s} to it".formatted(name, name));
      }
    }
  }

  /// The runtime reads the key; the contract has to tell callers of it all the same.
  private static void checkKey(Node node, Operation.Promises promises, List<Parameter> declared) {
    boolean isDeclared = declared.stream().anyMatch(OperationReader::isKey);
    boolean isRequired =
        declared.stream()
            .anyMatch(parameter -> isKey(parameter) && !parameter.presence().isOptional());
    boolean isKeyed = PromisesReader.isKeyed(promises);
    if (isKeyed && !isRequired) {
      node.problem(
          isDeclared ? "parameters" : "x-idempotency",
          "needs the header parameter %s with required: true, since it is idempotent by key; declare it, or set x-idempotency"
              .formatted(KEY_HEADER));
    }
    if (isDeclared && !isKeyed) {
      node.problem(
          "parameters",
          "takes the header %s, but is not idempotent by key; set x-idempotency: key, or remove it"
              .formatted(KEY_HEADER));
    }
  }

  private static boolean isKey(Parameter parameter) {
    return parameter.place() == Parameter.Place.HEADER
        && parameter.name().equalsIgnoreCase(KEY_HEADER);
  }
}
