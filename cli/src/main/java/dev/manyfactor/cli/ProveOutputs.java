package dev.manyfactor.cli;

import dev.manyfactor.formation.Suggestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where a report goes, and in which form.
///
/// @param file empty for standard output
record ProveOutputs(Format format, Optional<Path> file) {
  /// The default, in a folder that git is told to ignore: a file beside the sources would make the
  /// next run find a dirty tree.
  static final Path KEPT = Path.of(".manyfactor");

  private static final Path HTML = KEPT.resolve("prove.html");

  /// In which form.
  enum Format {
    TERMINAL,
    JSON,
    HTML;

    static Optional<Format> of(String word) {
      return Arrays.stream(values()).filter(format -> format.word().equals(word)).findFirst();
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What is wrong with `--format`.
  static List<String> problems(List<String> given) {
    List<String> problems = new ArrayList<>();
    given.forEach(text -> problem(text).ifPresent(problems::add));
    List<String> toStandardOutput =
        given.stream().filter(text -> text.equals("terminal") || text.equals("json")).toList();
    if (toStandardOutput.size() > 1) {
      problems.add(
          "--format: %s all go to standard output; give all but one of them a file, for example json=prove.json"
              .formatted(String.join(" and ", toStandardOutput)));
    }
    return problems;
  }

  private static Optional<String> problem(String text) {
    String word = word(text);
    if (Format.of(word).isEmpty()) {
      List<String> words = Arrays.stream(Format.values()).map(Format::word).toList();
      return Optional.of(
          "--format must be terminal, json or html, but is \"%s\"%s"
              .formatted(word, Suggestion.didYouMean(word, words)));
    }
    return file(text).flatMap(file -> fileProblem(text, file));
  }

  private static Optional<String> fileProblem(String text, Path file) {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    if (file.toString().isEmpty() || Files.isDirectory(file)) {
      return Optional.of(
          "--format %s must name a file, for example %s=prove.%s"
              .formatted(text, word(text), word(text)));
    }
    return Files.isDirectory(folder) && Files.isWritable(folder)
        ? Optional.empty()
        : Optional.of(
            "--format %s: %s is no folder that can be written; make it, or name another"
                .formatted(text, folder));
  }

  /// Those that were asked for; nothing may be wrong with them.
  static List<ProveOutputs> of(List<String> given, Path directory) {
    return given.stream().map(text -> of(text, directory)).toList();
  }

  private static ProveOutputs of(String text, Path directory) {
    Format format = Format.of(word(text)).orElseThrow();
    Optional<Path> file = file(text);
    return new ProveOutputs(
        format,
        format == Format.HTML && file.isEmpty() ? Optional.of(directory.resolve(HTML)) : file);
  }

  private static String word(String text) {
    return text.split("=", 2)[0];
  }

  private static Optional<Path> file(String text) {
    int equals = text.indexOf('=');
    return equals < 0 ? Optional.empty() : Optional.of(Path.of(text.substring(equals + 1)));
  }
}
