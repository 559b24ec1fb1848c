package dev.manyfactor.cli;

import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command `mf` itself: its verbs, and how failures are reported.
@Command(
    name = "mf",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Runs a service with everything it needs, and shows what holds of the 23 factors.",
    synopsisSubcommandLabel = "VERB",
    subcommands = {
      UpCommand.class,
      TokenCommand.class,
      RunCommand.class,
      ConfigCommand.class,
      OpenapiCommand.class,
      InfoCommand.class,
    },
    footer = {
      "",
      "Examples:",
      "  mf up examples/payments",
      "  mf token --tenant acme --scope \"payments:read payments:write\"",
      "  mf run examples/payments export-customers --tenant acme",
      "",
      "Exit codes: 0 done, 64 wrong usage, 69 something needed is not there,",
      "70 something failed, 74 cannot write, 78 wrong manifest or environment.",
    })
public final class Mf {
  private Mf() {}

  /// Starts the command.
  public static void main(String[] arguments) {
    Terminal terminal = Terminal.ofProcess();
    int code = commandLine(terminal).execute(arguments);
    terminal.out().flush();
    System.exit(code);
  }

  /// The command with its verbs, writing to `terminal`.
  static CommandLine commandLine(Terminal terminal) {
    CommandLine line = new CommandLine(new Mf(), new Verbs(terminal));
    CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion());
    completion
        .getCommandSpec()
        .usageMessage()
        .description(
            "Prints a completion script for bash and zsh.", "Use it with: source <(mf completion)");
    line.addSubcommand("completion", completion);
    for (String passingOn : List.of("run", "config", "openapi", "info")) {
      line.getSubcommands()
          .computeIfPresent(passingOn, (_, verb) -> verb.setStopAtPositional(true));
    }
    line.setOut(terminal.outWriter()).setErr(terminal.errWriter());
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.colourful() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    line.setParameterExceptionHandler((wrong, _) -> wrongUsage(wrong, terminal));
    line.setExecutionExceptionHandler((failure, _, _) -> failed(failure, terminal));
    return line;
  }

  private static int wrongUsage(ParameterException wrong, Terminal terminal) {
    String meant =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions().stream()
                .findFirst()
                .map("; did you mean \"%s\"?"::formatted)
                .orElse("")
            : "";
    terminal.error(
        "%s%s; see `%s --help`"
            .formatted(
                wrong.getMessage(),
                meant,
                wrong.getCommandLine().getCommandSpec().qualifiedName()));
    return ExitCode.USAGE.number();
  }

  private static int failed(Exception failure, Terminal terminal) {
    if (failure instanceof FormationException known) {
      terminal.error(String.valueOf(known.getMessage()));
      LogLines lines = new LogLines(terminal);
      known.evidence().forEach(line -> terminal.err().println("  " + lines.rendered(line)));
      return known.exitCode();
    }
    terminal.error("mf itself failed; please report this: " + failure);
    failure.printStackTrace(terminal.err());
    return ExitCode.INTERNAL.number();
  }
}
