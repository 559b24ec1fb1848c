package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.model.Presence;
import dev.manyfactor.contract.model.Property;
import dev.manyfactor.contract.model.Type;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether the contract describes a problem as the runtime writes it.
///
/// Problems are written by the runtime and not by generated code, so their schema is compared
/// instead of compiled: what it requires must be written, and what is written must be allowed.
final class ProblemSchema {
  /// Written always.
  private static final Set<String> ALWAYS = Set.of("type", "title", "status", "detail");

  /// Written where there is something to say.
  private static final Set<String> SOMETIMES = Set.of("trace_id", "errors");

  private static final Set<String> OF_ERRORS = Set.of("pointer", "rule", "detail");

  private final Declarations declarations;

  ProblemSchema(Declarations declarations) {
    this.declarations = declarations;
  }

  void check(Node media, Schema schema) {
    Optional<Declaration.Structure> structure = structure(schema.type());
    if (structure.isEmpty()) {
      media.problem(
          "schema",
          "must be an object with type, title, status and detail (RFC 9457); $ref a component");
      return;
    }
    for (Property property : structure.get().properties()) {
      checkProperty(media, structure.get(), property);
    }
    if (structure.get().closed()) {
      checkComplete(media, structure.get());
    }
  }

  private void checkProperty(Node media, Declaration.Structure structure, Property property) {
    String place = structure.name() + "." + property.name();
    boolean isAlways = ALWAYS.contains(property.name());
    boolean isSometimes = SOMETIMES.contains(property.name());
    if (property.presence() instanceof Presence.Required && !isAlways) {
      problem(
          media,
          structure,
          place + " is required, but the runtime does not always write it; make it optional");
    }
    if ((isAlways || isSometimes) && !isWrittenAs(property)) {
      problem(
          media,
          structure,
          place + " has another type than what the runtime writes: " + expected(property.name()));
    }
  }

  private boolean isWrittenAs(Property property) {
    return switch (property.name()) {
      case "status" -> property.type() instanceof Type.Whole;
      case "errors" -> property.type() instanceof Type.Items items && isErrors(items.item());
      case "type" ->
          property.type() instanceof Type.Text || property.type() == Type.Plain.URI_REFERENCE;
      default -> property.type() instanceof Type.Text;
    };
  }

  private static String expected(String property) {
    return switch (property) {
      case "status" -> "an integer";
      case "errors" -> "an array of objects with the strings pointer, rule and detail";
      default -> "a string";
    };
  }

  private boolean isErrors(Type item) {
    return structure(item)
        .filter(errors -> errors.properties().stream().allMatch(ProblemSchema::isOfErrors))
        .isPresent();
  }

  private static boolean isOfErrors(Property property) {
    return OF_ERRORS.contains(property.name()) && property.type() instanceof Type.Text;
  }

  private static void checkComplete(Node media, Declaration.Structure structure) {
    List<String> known = structure.properties().stream().map(Property::name).toList();
    for (String written : List.of("type", "title", "status", "detail", "trace_id", "errors")) {
      if (!known.contains(written)) {
        problem(
            media,
            structure,
            structure.name()
                + " allows no other fields, but the runtime writes '"
                + written
                + "'; add it");
      }
    }
  }

  private static void problem(Node media, Declaration.Structure structure, String message) {
    media.problems().add(structure.line(), message);
  }

  private Optional<Declaration.Structure> structure(Type type) {
    return type instanceof Type.Reference reference
        ? declarations
            .find(reference.name())
            .filter(Declaration.Structure.class::isInstance)
            .map(Declaration.Structure.class::cast)
        : Optional.empty();
  }
}
