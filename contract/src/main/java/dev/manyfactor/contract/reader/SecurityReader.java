package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Access;
import dev.manyfactor.contract.source.Problems;
import dev.manyfactor.contract.source.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads who may use an operation. Saying nothing is a problem: public is a decision, not an
/// omission.
final class SecurityReader {
  private static final String REMEDY =
      "security: [{oidc: [some:scope]}], or security: [] for everyone";

  private final Components components;
  private final Problems problems;
  private final boolean isSaidOfAll;
  private final Optional<Access> ofAll;

  /// @param root the contract, whose own `security` holds for each operation that has none
  SecurityReader(Node root, Components components, Problems problems) {
    this.components = components;
    this.problems = problems;
    components.all("securitySchemes").forEach(this::scheme);
    isSaidOfAll = root.has("security");
    ofAll = isSaidOfAll ? requirements(root) : Optional.empty();
    if (ofAll.filter(Access.Public.class::isInstance).isPresent()) {
      root.problem(
          "security",
          "an empty 'security' for all would make public what is forgotten; write it on each operation that everyone may use");
    }
  }

  Optional<Access> read(Node operation) {
    if (operation.has("security")) {
      return requirements(operation);
    }
    if (!isSaidOfAll) {
      operation.problem("says nothing of who may use it; write " + REMEDY);
    }
    return ofAll;
  }

  private Optional<Access> requirements(Node owner) {
    List<Yaml> requirements = owner.items("security");
    if (requirements.isEmpty()) {
      return Optional.of(new Access.Public());
    }
    if (requirements.size() > 1) {
      owner.problem("security", "alternatives are not supported; write one requirement");
    }
    return requirement(owner, requirements.getFirst());
  }

  private Optional<Access> requirement(Node operation, Yaml value) {
    if (!(value instanceof Yaml.Mapping mapping) || mapping.entries().size() != 1) {
      operation.problem("security", "a requirement must name one scheme; write " + REMEDY);
      return Optional.empty();
    }
    Yaml.Entry entry = mapping.entries().getFirst();
    boolean isKnown =
        components.all("securitySchemes").stream()
            .anyMatch(scheme -> scheme.key().equals(entry.key()));
    if (!isKnown) {
      problems.add(
          entry.line(),
          "%s: components/securitySchemes has no '%s'; add it"
              .formatted(operation.name(), entry.key()));
    }
    return Optional.of(new Access.Scopes(scopes(operation, entry)));
  }

  private List<String> scopes(Node operation, Yaml.Entry entry) {
    if (!(entry.value() instanceof Yaml.Sequence sequence)) {
      return notScopes(operation, entry.value());
    }
    List<String> scopes = new ArrayList<>();
    for (Yaml item : sequence.items()) {
      boolean isText = item instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.TEXT;
      scopes.addAll(isText ? List.of(((Yaml.Scalar) item).text()) : notScopes(operation, item));
    }
    return scopes;
  }

  private List<String> notScopes(Node operation, Yaml found) {
    problems.add(
        found.line(),
        "%s: the scopes must be a list of text, but have %s"
            .formatted(operation.name(), found.kind()));
    return List.of();
  }

  private void scheme(Yaml.Entry entry) {
    Optional<Node> node = Node.of("securityScheme " + entry.key(), entry, problems);
    if (node.isEmpty()) {
      return;
    }
    String type = node.get().textOrEmpty("type");
    boolean isBearer =
        type.equals("http") && node.get().textOrEmpty("scheme").equalsIgnoreCase("bearer");
    boolean isSupported = isBearer || type.equals("openIdConnect");
    if (!isSupported) {
      node.get()
          .problem(
              "type",
              "callers are known by bearer tokens; use type openIdConnect, or http with scheme bearer");
    }
    if (isSupported || type.isEmpty()) { // what another type has is no problem of its own
      node.get().only(Keywords.SECURITY_SCHEME);
    }
  }
}
