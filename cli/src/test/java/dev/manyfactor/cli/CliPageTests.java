package dev.manyfactor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The page of the command line says what the commands themselves say.
///
/// After a change run the test with `-Dwrite.pages=true`: it writes everything below the mark.
class CliPageTests {
  private static final Path PAGE = Path.of("../docs/reference/cli.md");
  private static final String START = "<!-- from here on written by CliPageTests -->\n";
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  @Test
  void thePageHasEveryCommandAndOption() throws IOException {
    String page = Files.readString(PAGE);
    String actual = page.substring(0, page.indexOf(START)) + START + sections();
    if (Boolean.getBoolean("write.pages")) {
      Files.writeString(PAGE, actual);
    }
    assertThat(Files.readString(PAGE)).as("%s differs from the commands", PAGE).isEqualTo(actual);
  }

  @Test
  void everyCommandHasADescriptionAndAnExampleAndEveryOptionAMeaning() {
    for (CommandSpec command : commands().values()) {
      assertThat(command.usageMessage().description()).as(command.name()).isNotEmpty();
      assertThat(String.join("\n", command.usageMessage().footer()))
          .as(command.name())
          .containsPattern("Examples?:\\n  .*mf ");
      assertThat(command.args()).allSatisfy(arg -> assertThat(arg.description()).isNotEmpty());
    }
  }

  private static Map<String, CommandSpec> commands() {
    CommandLine mf = Mf.commandLine(new Terminal(NOWHERE, NOWHERE, false, false));
    Map<String, CommandSpec> commands = new LinkedHashMap<>();
    add("mf", mf, commands);
    return commands;
  }

  private static void add(String name, CommandLine line, Map<String, CommandSpec> commands) {
    commands.put(name, line.getCommandSpec());
    line.getSubcommands().forEach((verb, its) -> add(name + " " + verb, its, commands));
  }

  private static String sections() {
    List<String> lines = new ArrayList<>();
    commands().forEach((name, command) -> section(name, command, lines));
    return String.join("\n", lines) + "\n";
  }

  private static void section(String name, CommandSpec command, List<String> lines) {
    lines.addAll(List.of("", "## " + name, ""));
    lines.add(String.join(" ", command.usageMessage().description()));
    lines.addAll(List.of("", "```text", synopsis(command), "```", ""));
    table(command, lines);
    lines.addAll(examples(command));
    Map<String, String> codes = command.usageMessage().exitCodeList();
    if (!codes.isEmpty()) {
      lines.addAll(List.of("", "| exit code | meaning |", "| --- | --- |"));
      codes.forEach((code, meaning) -> lines.add("| %s | %s |".formatted(code, meaning)));
    }
  }

  private static void table(CommandSpec command, List<String> lines) {
    List<String> rows = new ArrayList<>();
    command.positionalParameters().forEach(arg -> rows.add(row(arg.paramLabel(), arg)));
    command.options().stream()
        .filter(option -> !isStandard(option) || command.parent() == null)
        .forEach(option -> rows.add(row(names(option), option)));
    if (!rows.isEmpty()) {
      lines.addAll(List.of("| | default | |", "| --- | --- | --- |"));
      lines.addAll(rows);
      lines.add("");
    }
  }

  /// Those that every verb has.
  private static boolean isStandard(OptionSpec option) {
    return option.usageHelp() || option.versionHelp();
  }

  /// In one line, however long.
  private static String synopsis(CommandSpec command) {
    return new Help(command, Help.defaultColorScheme(Help.Ansi.OFF))
        .synopsis(0)
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static String names(OptionSpec option) {
    String value = option.arity().max() > 0 ? " " + option.paramLabel() : "";
    return String.join(", ", option.names()) + value;
  }

  private static String row(String name, ArgSpec arg) {
    String standard =
        arg.required()
            ? "must be given"
            : arg.defaultValue() == null ? "" : "`" + arg.defaultValue() + "`";
    String meaning = String.join(" ", arg.description()).replace("|", "\\|");
    return "| `%s` | %s | %s |".formatted(name, standard, meaning);
  }

  private static List<String> examples(CommandSpec command) {
    List<String> lines = new ArrayList<>(List.of("```text"));
    for (String line : command.usageMessage().footer()) {
      if (line.startsWith("  ")) {
        lines.add(line.strip());
      }
    }
    lines.add("```");
    return lines;
  }
}
