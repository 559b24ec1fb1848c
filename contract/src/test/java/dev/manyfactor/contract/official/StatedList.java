package dev.manyfactor.contract.official;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A list in the repository that says what becomes of each group of test data: `name: outcome`, and
/// for a difference ` -- why it is right`.
///
/// A run writes it anew with `-Dwrite.pages=true`; the reasons stay with their names, and a missing
/// one is written as `?`.
final class StatedList {
  /// Stands for a reason that nobody has written yet.
  static final String NO_REASON = "?";

  private static final Path FOLDER = Path.of("src/test/resources/dev/manyfactor/contract/official");
  private static final String REASON = " -- ";

  private final Path file;

  private StatedList(Path file) {
    this.file = file;
  }

  static StatedList of(String name) {
    return new StatedList(FOLDER.resolve(name));
  }

  /// Where it is.
  Path file() {
    return file;
  }

  private String text() throws IOException {
    return Files.readString(file);
  }

  /// What the list says of itself.
  String header() throws IOException {
    return text().lines().filter(line -> line.startsWith("#")).collect(Collectors.joining("\n"))
        + "\n";
  }

  /// The list of these outcomes, with the reasons of the present one.
  String with(Map<String, Verdict> verdicts) throws IOException {
    Map<String, String> reasons = reasons();
    StringBuilder lines = new StringBuilder(header());
    verdicts.forEach((name, verdict) -> {
      boolean differs = verdict instanceof Verdict.Differs;
      String reason = differs ? REASON + reasons.getOrDefault(name, NO_REASON) : "";
      lines.append(name + ": " + verdict.line() + reason + "\n");
    });
    return lines.toString();
  }

  /// Writes the list if the build was asked to.
  void writeIfAsked(String text) throws IOException {
    if (Boolean.getBoolean("write.pages")) {
      Files.writeString(file, text);
    }
  }

  /// Why each group that differs does.
  Map<String, String> reasons() throws IOException {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (String line : text().lines().toList()) {
      int reason = line.indexOf(REASON);
      if (!line.startsWith("#") && reason >= 0) {
        reasons.put(line.substring(0, line.indexOf(": ")), line.substring(reason + 4));
      }
    }
    return reasons;
  }
}
