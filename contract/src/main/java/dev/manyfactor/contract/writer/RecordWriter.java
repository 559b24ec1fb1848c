package dev.manyfactor.contract.writer;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.model.Property;
import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.writer.SourceFile.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes the record of an object.
final class RecordWriter {
  private static final String SHAPE =
      """
      {comment}
      {head}
        /// How it is read and written as JSON.
        public static final Codec<{name}> CODEC = new {name}Codec();

        {copies}

        {accessors}

        {discretion}
      }
      """;

  private static final String COPIES =
      """
      /// Copies the {copied}.
      public {name} {
        {copy}
      }
      """;

  private RecordWriter() {}

  static SourceFile write(Origin origin, Declaration.Structure structure) {
    String code =
        Template.of(SHAPE)
            .word("name", structure.name())
            .lines("comment", comment(structure))
            .lines("head", head(structure))
            .lines("copies", copies(structure))
            .lines("accessors", accessors(structure))
            .lines("discretion", discretion(structure))
            .text();
    return SourceFile.of(origin, structure.name(), code);
  }

  private static List<String> comment(Declaration.Structure structure) {
    String about = structure.description();
    Comment comment =
        Comment.at(0)
            .text(
                about.isEmpty()
                    ? "`%s` as the contract has it.".formatted(structure.name())
                    : about);
    for (Property property : structure.properties()) {
      comment.tag(
          "@param " + property.component(),
          described(property.description(), property.deprecated()));
    }
    return comment.lines();
  }

  /// What is said of a component; that it is deprecated has no tag of its own.
  static String described(String description, boolean deprecated) {
    return deprecated ? ("deprecated; " + description).replaceFirst("; $", "") : description;
  }

  private static List<String> head(Declaration.Structure structure) {
    List<String> components = structure.properties().stream().map(RecordWriter::component).toList();
    String start = "public record %s(".formatted(structure.name());
    if (structure.unions().isEmpty()) {
      return Layout.call(0, start, components, ") {");
    }
    String unions = "implements %s {".formatted(String.join(", ", structure.unions()));
    String line = start + String.join(", ", components) + ") " + unions;
    if (Layout.fits(0, line)) {
      return List.of(line);
    }
    List<String> lines = new ArrayList<>(Layout.call(0, start, components, ")"));
    lines.add("    " + unions);
    return lines;
  }

  private static String component(Property property) {
    String type = JavaType.of(property.type(), property.presence());
    return type + " " + property.component();
  }

  private static List<String> accessors(Declaration.Structure structure) {
    return structure.properties().stream()
        .filter(Property::deprecated)
        .map(property ->
            accessor(JavaType.of(property.type(), property.presence()), property.component()))
        .flatMap(List::stream)
        .toList();
  }

  /// The accessor of a deprecated component, written out: the component itself cannot be marked.
  static List<String> accessor(String type, String component) {
    return List.of(
        "",
        "/// The component of this name.",
        "///",
        "/// @deprecated the contract asks callers to leave it",
        "@Deprecated",
        "public %s %s() {".formatted(type, component),
        "  return %s;".formatted(component),
        "}");
  }

  private static List<String> discretion(Declaration.Structure structure) {
    Discretion discretion = new Discretion(2, structure.name());
    structure
        .properties()
        .forEach(property -> discretion.component(property.component(), property.type()));
    return discretion.lines();
  }

  private static List<String> copies(Declaration.Structure structure) {
    List<String> copies =
        structure.properties().stream().map(RecordWriter::copy).flatMap(Optional::stream).toList();
    boolean hasMap =
        structure.properties().stream()
            .anyMatch(property -> present(property) instanceof Type.Entries);
    return copies.isEmpty()
        ? List.of()
        : Template.of(COPIES)
            .word("name", structure.name())
            .word("copied", hasMap ? "lists and maps" : "lists")
            .lines("copy", copies)
            .filled();
  }

  private static Optional<String> copy(Property property) {
    Optional<String> kind =
        switch (present(property)) {
          case Type.Items _ -> Optional.of("List");
          case Type.Entries _ -> Optional.of("Entries");
          default -> Optional.empty();
        };
    boolean isOptional =
        property.presence().isOptional() || property.type() instanceof Type.Possible;
    String shape = isOptional ? "%1$s = %1$s.map(%2$s::copyOf);" : "%1$s = %2$s.copyOf(%1$s);";
    return kind.map(type -> shape.formatted(property.component(), type));
  }

  /// What is there if the value is not null.
  private static Type present(Property property) {
    return property.type() instanceof Type.Possible(Type of) ? of : property.type();
  }
}
