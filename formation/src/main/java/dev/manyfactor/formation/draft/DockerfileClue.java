package dev.manyfactor.formation.draft;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// `Dockerfile`: what the last stage starts, its base and its port.
final class DockerfileClue implements Clue {
  private static final String FILE = "Dockerfile";
  private static final Pattern BASE =
      Pattern.compile("(?im)^FROM\\s+(?:\\S*/)?([a-z-]+):([0-9]+(\\.[0-9]+)*)");
  private static final Pattern PORT = Pattern.compile("(?im)^EXPOSE\\s+([0-9]{2,5})");
  private static final Map<String, String> LANGUAGES =
      Map.of(
          "node",
          "node",
          "python",
          "python",
          "golang",
          "go",
          "eclipse-temurin",
          "java",
          "openjdk",
          "java",
          "ruby",
          "ruby",
          "php",
          "php");

  @Override
  public void look(Folder folder, Draft draft) {
    String text = folder.text(FILE).replaceAll("\\\\\\R", " ");
    Matcher base = BASE.matcher(text);
    while (base.find()) {
      Optional<String> language =
          Optional.ofNullable(LANGUAGES.get(base.group(1).toLowerCase(Locale.ROOT)));
      String version = base.group(2);
      language.ifPresent(name -> draft.runtime(name, version, FILE));
    }
    Matcher port = PORT.matcher(text);
    if (port.find() && Integer.parseInt(port.group(1)) <= 65_535) {
      draft.port(Integer.parseInt(port.group(1)), FILE);
    }
    String command = (last(text, "ENTRYPOINT") + " " + last(text, "CMD")).strip();
    if (!draft.hasProcesses() && !command.isEmpty()) {
      draft.process("web", command, true, FILE);
      draft.ask("processes.web.command: whether it starts like this outside of its image, too");
    }
  }

  /// The last instruction of a kind as a command line; empty if there is none.
  private static String last(String text, String instruction) {
    Matcher found = Pattern.compile("(?im)^%s\\s+(.+)$".formatted(instruction)).matcher(text);
    String line = "";
    while (found.find()) {
      line = found.group(1).strip();
    }
    JsonNode list = line.startsWith("[") ? Trees.of(line) : Trees.of("");
    return list.isArray()
        ? joined(list.valueStream().map(word -> word.asString("")).toList())
        : line;
  }

  private static String joined(List<String> words) {
    return words.stream()
        .map(
            word -> word.matches("[\\w./:@%+,=-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
