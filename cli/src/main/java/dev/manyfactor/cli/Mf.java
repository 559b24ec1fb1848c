package dev.manyfactor.cli;

import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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
      ProveCommand.class,
      ChaosCommand.class,
      TokenCommand.class,
      RunCommand.class,
      JobsCommand.class,
      ConfigCommand.class,
      OpenapiCommand.class,
      InfoCommand.class,
    },
    footer = {
      "",
      "Examples:",
      "  mf up examples/payments",
      "  mf prove examples/payments",
      "  mf chaos --minutes 5 examples/payments",
      "  mf token --tenant acme --scope \"payments:read payments:write\"",
      "  mf run examples/payments export-customers --tenant acme",
      "  mf jobs examples/payments",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "64:wrong usage",
      "69:something needed is not there",
      "70:something failed",
      "74:cannot write",
      "78:wrong manifest or environment",
    })
public final class Mf {
  private static final int HELP_WIDTH = 100;

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
    completion.getCommandSpec().name("completion");
    completion
        .getCommandSpec()
        .usageMessage()
        .description("Prints a completion script for bash and zsh.");
    line.addSubcommand("completion", completion);
    completion.getCommandSpec().usageMessage().footer("", "Example:", "  source <(mf completion)");
    for (String passingOn : List.of("run", "jobs", "config", "openapi", "info")) {
      line.getSubcommands()
          .computeIfPresent(passingOn, (_, verb) -> verb.setStopAtPositional(true));
    }
    line.setOut(terminal.outWriter()).setErr(terminal.errWriter());
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.colourful() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    Usage usage = new Usage(terminal);
    line.setExecutionStrategy(usage::execute);
    line.setParameterExceptionHandler((wrong, _) -> usage.refuse(wrong));
    prepare(line);
    line.setExecutionExceptionHandler((failure, command, _) ->
        OwnExitCodes.in(command.getCommandSpec(), failed(failure, terminal)));
    return line;
  }

  /// One look at a command line finds everything that is wrong with it; one look at a help finds
  /// its parts.
  private static void prepare(CommandLine line) {
    line.getCommandSpec().parser().collectErrors(true);
    line.getCommandSpec()
        .usageMessage()
        .width(HELP_WIDTH)
        .sortOptions(false)
        .descriptionHeading("%n")
        .parameterListHeading("%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nVerbs, each with a --help of its own:%n");
    line.getSubcommands().values().forEach(Mf::prepare);
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
