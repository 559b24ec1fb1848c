package dev.manyfactor.contract.official;

import java.util.List;
import java.util.stream.Collectors;

/// What became of one group of the suite.
sealed interface Verdict {
  /// In one line of the list, after the name of the group.
  String line();

  /// Every document has the suite's verdict.
  ///
  /// @param added the type that was added to the schema, or nothing
  record Agrees(int documents, String added) implements Verdict {
    @Override
    public String line() {
      return "agrees in %d%s".formatted(documents, withType(added));
    }
  }

  /// Some documents have another verdict.
  ///
  /// @param different which of the documents, from 0
  record Differs(List<Integer> different, int documents, String added) implements Verdict {
    @Override
    public String line() {
      String numbers = different.stream().map(String::valueOf).collect(Collectors.joining(", "));
      return "differs in %s of %d%s".formatted(numbers, documents, withType(added));
    }
  }

  /// The generator makes no code of the schema.
  ///
  /// @param kinds of the problems that it told
  record Refused(List<String> kinds) implements Verdict {
    @Override
    public String line() {
      return "refused: " + String.join(" | ", kinds);
    }
  }

  private static String withType(String added) {
    return added.isEmpty() ? "" : ", as type " + added;
  }
}
