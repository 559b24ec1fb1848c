package dev.manyfactor.cli;

import dev.manyfactor.formation.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/// Runs a command line if nothing is wrong with it, and else says everything that is.
///
/// @param terminal where that is said
record Usage(Terminal terminal) {

  /// Prints the help that is asked for, refuses, or runs the verb.
  int execute(ParseResult parsed) {
    Integer help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return help;
    }
    CommandLine command = last(parsed);
    List<String> problems = problems(parsed);
    return problems.isEmpty() ? new RunLast().execute(parsed) : refuse(command, problems);
  }

  /// A mistake that only shows when the command runs, for example that there is no verb.
  int refuse(ParameterException wrong) {
    return refuse(wrong.getCommandLine(), new Mistake(wrong).words());
  }

  private int refuse(CommandLine command, List<String> problems) {
    String help = "see `%s --help`".formatted(command.getCommandSpec().qualifiedName());
    if (problems.size() == 1) {
      terminal.error(problems.getFirst() + "; " + help);
    } else {
      terminal.error(
          "%d things are wrong with the command line; %s".formatted(problems.size(), help));
      problems.forEach(problem -> terminal.err().println("  " + problem));
    }
    return OwnExitCodes.in(command.getCommandSpec(), ExitCode.USAGE.number());
  }

  private static CommandLine last(ParseResult parsed) {
    return parsed.asCommandLineList().getLast();
  }

  private static List<String> problems(ParseResult parsed) {
    List<String> problems = new ArrayList<>();
    for (ParseResult each = parsed; each != null; each = each.subcommand()) {
      each.errors().stream().flatMap(Usage::words).distinct().forEach(problems::add);
      if (each.commandSpec().userObject() instanceof Checked checked) {
        problems.addAll(checked.problems());
      }
    }
    return problems;
  }

  private static Stream<String> words(Exception wrong) {
    return wrong instanceof ParameterException complaint
        ? new Mistake(complaint).words().stream()
        : Stream.of(String.valueOf(wrong.getMessage()));
  }
}
