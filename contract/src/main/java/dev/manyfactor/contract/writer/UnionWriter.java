package dev.manyfactor.contract.writer;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.writer.SourceFile.Origin;
import java.util.ArrayList;
import java.util.List;

/// Writes the sealed interface of a union.
final class UnionWriter {
  private static final String SHAPE =
      """
      {comment}
      {head}
        /// How it is read and written as JSON; {property} says which of them it is.
        {codec}
      }
      """;

  private UnionWriter() {}

  static SourceFile write(Origin origin, Declaration.Union union) {
    String about = union.description();
    String code =
        Template.of(SHAPE)
            .lines(
                "comment",
                Comment.at(0)
                    .text(
                        about.isEmpty()
                            ? "`%s` as the contract has it.".formatted(union.name())
                            : about)
                    .lines())
            .lines("head", head(union))
            .word("property", "`%s`".formatted(union.property()))
            .lines("codec", codec(union))
            .text();
    return SourceFile.of(origin, union.name(), code);
  }

  private static List<String> head(Declaration.Union union) {
    List<String> choices = union.variants().stream().map(Declaration.Variant::structure).toList();
    String head = "public sealed interface %s".formatted(union.name());
    String permits = "permits " + String.join(", ", choices) + " {";
    if (Layout.fits(0, head + " " + permits)) {
      return List.of(head + " " + permits);
    }
    if (Layout.fits(4, permits)) {
      return List.of(head, "    " + permits);
    }
    List<String> lines = new ArrayList<>(List.of(head, "    permits " + choices.getFirst() + ","));
    for (int position = 1; position < choices.size(); position++) {
      boolean isLast = position == choices.size() - 1;
      lines.add("        " + choices.get(position) + (isLast ? " {" : ","));
    }
    return lines;
  }

  private static List<String> codec(Declaration.Union union) {
    List<Layout.Call> chain = new ArrayList<>();
    chain.add(
        Layout.Call.of(
            "Variants.<%s>by".formatted(union.name()), Expression.string(union.property())));
    for (Declaration.Variant variant : union.variants()) {
      chain.add(
          Layout.Call.of(
              ".or",
              Expression.string(variant.text()),
              variant.structure() + ".class",
              variant.structure() + ".CODEC"));
    }
    return Layout.statement(2, "Codec<%s> CODEC =".formatted(union.name()), chain);
  }
}
