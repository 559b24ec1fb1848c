package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Contract;
import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.model.Operation;
import dev.manyfactor.contract.source.Bundle;
import dev.manyfactor.contract.source.InvalidContract;
import dev.manyfactor.contract.source.Problems;
import java.util.List;
import java.util.Optional;

/// Reads a whole contract.
public final class ContractReader {
  private static final String DIALECT = "https://spec.openapis.org/oas/3.1/dialect/";

  private final Kind kind;
  private final Problems problems;

  private ContractReader(Kind kind, Problems problems) {
    this.kind = kind;
    this.problems = problems;
  }

  /// The contract in `text`, which refers to no other file.
  ///
  /// @param name the file's name without `.openapi.yaml`
  /// @param file the file as the build shall show it in problems
  /// @throws InvalidContract with everything that is wrong
  public static Contract read(String name, String file, String text, Kind kind)
      throws InvalidContract {
    return read(name, Bundle.of(file, text, _ -> Optional.empty()), kind);
  }

  /// The contract in a bundle.
  ///
  /// @param name the file's name without `.openapi.yaml`
  /// @throws InvalidContract with everything that is wrong
  public static Contract read(String name, Bundle bundle, Kind kind) throws InvalidContract {
    Problems problems = bundle.problems();
    Optional<Contract> contract =
        bundle
            .root()
            .flatMap(root -> Node.of("the contract", root.line(), root, problems))
            .map(root -> new ContractReader(kind, problems).read(name, root));
    problems.throwIfAny();
    return contract.orElseThrow();
  }

  private Contract read(String name, Node root) {
    root.only(kind == Kind.TYPES ? Keywords.CONTRACT_OF_OTHERS : Keywords.CONTRACT);
    version(root);
    Optional<Node> info = new AboutReader(problems).read(root);
    Optional<Node> shared =
        root.entry("components").flatMap(entry -> Node.of("components", entry, problems));
    shared.ifPresent(node -> node.only(Keywords.COMPONENTS));

    Components components = new Components(shared, problems);
    Examples examples = new Examples(components);
    examples.readComponents(problems);
    Declarations declarations = new Declarations(problems);
    SchemaReader schemas = new SchemaReader(components, declarations, examples, problems);
    schemas.readComponents();
    List<Operation> operations = operations(root, components, schemas, declarations);
    new Unions(declarations, problems).apply();
    Usage usage = new Usage(declarations);
    new Cycles(declarations, usage, problems).settle();
    if (problems.all().isEmpty()) { // they are judged by what the contract says
      examples.check(declarations);
    }
    List<Declaration> used = kind == Kind.TYPES ? declarations.all() : usage.of(operations);
    new JavaNames(kind, problems).check(name, used, operations);
    return new Contract(name, text(info, "title"), text(info, "description"), used, operations);
  }

  private List<Operation> operations(
      Node root, Components components, SchemaReader schemas, Declarations declarations) {
    if (kind == Kind.TYPES) {
      return List.of();
    }
    String prefix = new ServersReader(problems).prefix(root);
    SecurityReader security = new SecurityReader(root, components, problems);
    ResponseReader responses = new ResponseReader(components, schemas, declarations, problems);
    ParameterReader parameters = new ParameterReader(components, schemas);
    BodyReader bodies = new BodyReader(components, schemas);
    responses.readComponents();
    parameters.readComponents();
    bodies.readComponents();
    OperationReader operations = new OperationReader(security, parameters, responses, bodies);
    List<Operation> read = new PathsReader(components, operations, problems).read(root, prefix);
    if (read.isEmpty()) {
      root.problem("paths", "must have one operation or more");
    }
    return read;
  }

  private static void version(Node root) {
    Optional<String> version = root.text("openapi");
    if (version.isEmpty() || !version.get().startsWith("3.1.")) {
      root.problem("openapi", "must be written in OpenAPI 3.1: openapi: 3.1.0");
    }
    Optional<String> dialect = root.text("jsonSchemaDialect");
    if (dialect.isPresent() && !dialect.get().startsWith(DIALECT)) {
      root.problem(
          "jsonSchemaDialect", "the dialect is that of OpenAPI 3.1, %sbase".formatted(DIALECT));
    }
  }

  private static String text(Optional<Node> node, String key) {
    return node.map(found -> found.textOrEmpty(key)).orElse("");
  }
}
