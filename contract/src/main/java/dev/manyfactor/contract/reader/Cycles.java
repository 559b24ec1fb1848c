package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.model.Presence;
import dev.manyfactor.contract.model.Property;
import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.source.Problems;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Finds the objects that contain themselves: such as have an end are marked where they do, the
/// others are a problem. How deep a document goes is bounded by its reader.
final class Cycles {
  private final Declarations declarations;
  private final Usage usage;
  private final Problems problems;

  Cycles(Declarations declarations, Usage usage, Problems problems) {
    this.declarations = declarations;
    this.usage = usage;
    this.problems = problems;
  }

  void settle() {
    refuseEndless();
    for (Declaration declaration : declarations.all()) {
      if (declaration instanceof Declaration.Structure structure) {
        declarations.replace(marked(structure));
      }
    }
  }

  /// An object ends if all that it cannot do without does; a union if one of its choices does.
  private void refuseEndless() {
    Set<String> ending = new HashSet<>();
    boolean isChanged = true;
    while (isChanged) {
      isChanged = false;
      for (Declaration declaration : declarations.all()) {
        isChanged |= ends(declaration, ending) && ending.add(declaration.name());
      }
    }
    for (Declaration declaration : declarations.all()) {
      if (!ending.contains(declaration.name())
          && usage.inside(declaration.name()).contains(declaration.name())) {
        problems.add(
            declaration.line(),
            "%s: always contains itself, so no value of it has an end; make the field optional, or a list"
                .formatted(declaration.name()));
      }
    }
  }

  private static boolean ends(Declaration declaration, Set<String> ending) {
    return switch (declaration) {
      case Declaration.Enumeration _ -> true;
      case Declaration.Structure structure ->
          structure.properties().stream()
              .filter(property -> property.presence() instanceof Presence.Required)
              .allMatch(property -> ends(property.type(), ending));
      case Declaration.Union union ->
          union.variants().stream().anyMatch(variant -> ending.contains(variant.structure()));
    };
  }

  private static boolean ends(Type type, Set<String> ending) {
    return switch (type) {
      case Type.Reference reference -> ending.contains(reference.name());
      case Type.Items items -> isEmptyAllowed(items.minItems()) || ends(items.item(), ending);
      case Type.Entries entries ->
          isEmptyAllowed(entries.minProperties()) || ends(entries.value(), ending);
      case Type.Possible _ -> true;
      case Type.Any _ -> true;
      case Type.Simple _ -> true;
    };
  }

  private static boolean isEmptyAllowed(Optional<Integer> fewest) {
    return fewest.orElse(0) == 0;
  }

  private Declaration.Structure marked(Declaration.Structure structure) {
    return new Declaration.Structure(
        structure.name(),
        structure.description(),
        structure.line(),
        structure.properties().stream().map(property -> marked(structure, property)).toList(),
        structure.closed(),
        structure.tag(),
        structure.unions());
  }

  private Property marked(Declaration.Structure structure, Property property) {
    return new Property(
        property.name(),
        property.component(),
        marked(structure, property.type()),
        property.presence(),
        property.description(),
        property.deprecated());
  }

  private Type marked(Declaration.Structure structure, Type type) {
    return switch (type) {
      case Type.Reference reference ->
          new Type.Reference(
              reference.name(),
              reference.name().equals(structure.name())
                  || usage.inside(reference.name()).contains(structure.name()));
      case Type.Items items ->
          new Type.Items(
              marked(structure, items.item()), items.minItems(), items.maxItems(), items.unique());
      case Type.Entries entries ->
          new Type.Entries(
              marked(structure, entries.value()),
              entries.minProperties(),
              entries.maxProperties(),
              entries.names());
      case Type.Possible possible -> new Type.Possible(marked(structure, possible.of()));
      case Type.Any any -> any;
      case Type.Simple simple -> simple;
    };
  }
}
