package dev.manyfactor.contract.writer;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.writer.SourceFile.Origin;
import java.util.List;
import java.util.stream.IntStream;

/// Writes the enum of a string with fixed values.
final class EnumWriter {
  private static final String SHAPE =
      """
      {comment}
      public enum {name} {
        {constants}

        /// How it is read and written as JSON, and as a parameter.
        {codec}

        private final String text;

        {name}(String text) {
          this.text = text;
        }

        /// The text that the contract has for it.
        public String text() {
          return text;
        }
      }
      """;

  private EnumWriter() {}

  static SourceFile write(Origin origin, Declaration.Enumeration enumeration) {
    String about = enumeration.description();
    String code =
        Template.of(SHAPE)
            .word("name", enumeration.name())
            .lines(
                "comment",
                Comment.at(0)
                    .text(
                        about.isEmpty()
                            ? "`%s` as the contract has it.".formatted(enumeration.name())
                            : about)
                    .lines())
            .lines("codec", codec(enumeration.name()))
            .lines("constants", constants(enumeration.values()))
            .text();
    return SourceFile.of(origin, enumeration.name(), code);
  }

  private static List<String> codec(String name) {
    String left = "public static final Choice<%s> CODEC".formatted(name);
    return Layout.assignment(2, left, Layout.Call.of("Choice.of", "values()", name + "::text"));
  }

  private static List<String> constants(List<Declaration.Value> values) {
    return IntStream.range(0, values.size())
        .mapToObj(position ->
            constant(values.get(position)) + (position == values.size() - 1 ? ";" : ","))
        .toList();
  }

  private static String constant(Declaration.Value value) {
    return "%s(%s)".formatted(value.constant(), Expression.string(value.text()));
  }
}
