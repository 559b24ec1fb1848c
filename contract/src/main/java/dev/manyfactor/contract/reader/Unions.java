package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.model.Declaration.Structure;
import dev.manyfactor.contract.model.Declaration.Union;
import dev.manyfactor.contract.model.Declaration.Variant;
import dev.manyfactor.contract.model.Presence;
import dev.manyfactor.contract.model.Property;
import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.source.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells each object which unions it is a choice of, once all of them are read.
///
/// The field that tells the choices apart is taken from their properties: its text follows from the
/// Java type.
final class Unions {
  private final Declarations declarations;
  private final Problems problems;

  Unions(Declarations declarations, Problems problems) {
    this.declarations = declarations;
    this.problems = problems;
  }

  void apply() {
    for (Declaration declaration : declarations.all()) {
      if (declaration instanceof Union union) {
        union.variants().forEach(variant -> apply(union, variant));
      }
    }
  }

  private void apply(Union union, Variant variant) {
    Optional<Declaration> found = declarations.find(variant.structure());
    if (found.isEmpty() || !(found.get() instanceof Structure structure)) {
      problems.add(
          union.line(),
          "%s: the choice %s is no object with fields; wrap it in one"
              .formatted(union.name(), variant.structure()));
      return;
    }
    Declaration.Tag tag = new Declaration.Tag(union.property(), variant.text());
    List<String> unions = new ArrayList<>(structure.unions());
    unions.add(union.name());
    if (structure.tag().isPresent()) {
      checkSame(union, structure, tag);
    } else {
      checkProperty(union, structure, tag);
    }
    declarations.replace(
        new Structure(
            structure.name(),
            structure.description(),
            structure.line(),
            without(structure, tag),
            structure.closed(),
            Optional.of(tag),
            unions));
  }

  private void checkSame(Union union, Structure structure, Declaration.Tag tag) {
    if (!structure.tag().equals(Optional.of(tag))) {
      problems.add(
          structure.line(),
          "%s: %s knows it by another field or text than %s; give it the same"
              .formatted(structure.name(), union.name(), structure.unions().getFirst()));
    }
  }

  private void checkProperty(Union union, Structure structure, Declaration.Tag tag) {
    Optional<Property> property = property(structure, tag);
    String place = structure.name() + "." + tag.property();
    if (property.isEmpty() || !(property.get().presence() instanceof Presence.Required)) {
      problems.add(
          structure.line(),
          "%s: says which choice of %s it is, so it must be there and required"
              .formatted(place, union.name()));
    } else if (!canBe(property.get().type(), tag.text())) {
      problems.add(
          structure.line(),
          "%s: cannot be '%s', by which %s knows it; add it to the values, or map another text to %s"
              .formatted(place, tag.text(), union.name(), structure.name()));
    }
  }

  private boolean canBe(Type type, String text) {
    return switch (type) {
      case Type.Text rules -> RuntimeCodecs.text(rules).parse(text, (_, _) -> {}) != null;
      case Type.Choice choice ->
          values(choice).stream().anyMatch(value -> value.text().equals(text));
      default -> false;
    };
  }

  private List<Declaration.Value> values(Type.Choice choice) {
    return declarations
        .find(choice.name())
        .filter(Declaration.Enumeration.class::isInstance)
        .map(found -> ((Declaration.Enumeration) found).values())
        .orElse(List.of());
  }

  /// The properties but the one that became the tag; and without the enum made for it alone.
  private List<Property> without(Structure structure, Declaration.Tag tag) {
    property(structure, tag)
        .map(Property::type)
        .filter(new Type.Choice(structure.name() + Names.type(tag.property()))::equals)
        .ifPresent(type -> declarations.remove(((Type.Choice) type).name()));
    return structure.properties().stream()
        .filter(property -> !property.name().equals(tag.property()))
        .toList();
  }

  private static Optional<Property> property(Structure structure, Declaration.Tag tag) {
    return structure.properties().stream()
        .filter(property -> property.name().equals(tag.property()))
        .findFirst();
  }
}
