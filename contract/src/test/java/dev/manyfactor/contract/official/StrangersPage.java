package dev.manyfactor.contract.official;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The tables of docs/reference/strangers.md.
final class StrangersPage {
  static final String START = "<!-- from here on written by build/strangers -->\n";

  private static final int FEWEST = 2;

  /// A kind of problem over all documents.
  private static final class Total {
    private int documents;
    private int times;
    private String instead = "";
  }

  private final List<Stranger> strangers;

  StrangersPage(List<Stranger> strangers) {
    this.strangers = strangers;
  }

  String text() {
    String rows =
        strangers.stream()
            .map(stranger ->
                "| `%s` | %d | %d | %d | %s | %s |\n"
                    .formatted(
                        stranger.from().name(),
                        stranger.bytes() / 1024,
                        stranger.operations(),
                        stranger.schemas(),
                        shown(stranger.types()),
                        shown(stranger.server())))
            .collect(Collectors.joining());
    return START
        + """
        ## Documents
        How many files of Java compile, or how many problems of how many kinds were told.

        | document | KiB | operations | schemas | as `types` | as `server` |
        | --- | --- | --- | --- | --- | --- |
        %s
        ## What is refused as `types`
        Each problem that two or more documents have; the others are in the evidence file.

        %s
        ## What is refused as `server`
        %s\
        """
            .formatted(rows, kinds(Stranger::types), kinds(Stranger::server));
  }

  private static String shown(Trial trial) {
    return switch (trial) {
      case Trial.Accepted(int files, int _) -> "**%d files**".formatted(files);
      case Trial.Refused(var problems) ->
          "%d of %d kinds".formatted(problems.size(), Kinds.of(problems).size());
    };
  }

  private String kinds(Function<Stranger, Trial> trial) {
    Map<String, Total> totals = new HashMap<>();
    for (Stranger stranger : strangers) {
      if (trial.apply(stranger) instanceof Trial.Refused(var problems)) {
        Kinds.of(problems).forEach(kind -> add(totals, kind));
      }
    }
    String rows =
        totals.entrySet().stream()
            .filter(entry -> entry.getValue().documents >= FEWEST)
            .sorted((a, b) -> {
              int byDocuments = Integer.compare(b.getValue().documents, a.getValue().documents);
              return byDocuments == 0 ? a.getKey().compareTo(b.getKey()) : byDocuments;
            })
            .map(entry -> row(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    return "| documents | times | problem | what to write instead |\n| --- | --- | --- | --- |\n"
        + rows;
  }

  private static void add(Map<String, Total> totals, Kinds.Kind kind) {
    Total total = totals.computeIfAbsent(kind.problem(), _ -> new Total());
    total.documents++;
    total.times += kind.times();
    total.instead = kind.instead();
  }

  private static String row(String problem, Total total) {
    return "| %d | %d | %s | %s |\n"
        .formatted(
            total.documents,
            total.times,
            problem.replace("|", "\\|"),
            total.instead.replace("|", "\\|"));
  }
}
