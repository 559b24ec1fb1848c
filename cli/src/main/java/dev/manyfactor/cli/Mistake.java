package dev.manyfactor.cli;

import dev.manyfactor.formation.Suggestion;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What the parser of the command line complains of, in the words of the rest of the program.
///
/// @param complaint as the parser says it
record Mistake(ParameterException complaint) {

  /// Each thing that is wrong; another complaint may say the same of it.
  List<String> words() {
    return switch (complaint) {
      case UnmatchedArgumentException unmatched ->
          unmatched.getUnmatched().stream().map(this::unknown).toList();
      case MissingParameterException incomplete ->
          incomplete.getMissing().stream().map(Mistake::missing).toList();
      case OverwrittenOptionException twice ->
          List.of("%s is given more than once".formatted(name(twice.getOverwritten())));
      default -> List.of(other());
    };
  }

  private String unknown(String word) {
    CommandSpec command = command();
    if (word.startsWith("-")) {
      return "there is no option %s%s%s"
          .formatted(
              word,
              Suggestion.didYouMean(word, command.optionsMap().keySet()),
              passesOn(command)
                  ? "; what is passed on stands behind DIR: `%s . %s`"
                      .formatted(command.qualifiedName(), word)
                  : "");
    }
    return command.subcommands().isEmpty()
        ? "\"%s\" is one argument too many".formatted(word)
        : "there is no verb \"%s\"%s; %s"
            .formatted(
                word, Suggestion.didYouMean(word, command.subcommands().keySet()), verbs(command));
  }

  private static boolean passesOn(CommandSpec command) {
    return command.positionalParameters().stream()
        .anyMatch(parameter -> parameter.index().isVariable());
  }

  private static String missing(ArgSpec argument) {
    if (!(argument instanceof OptionSpec)) {
      return argument.paramLabel() + " must be given";
    }
    String whole = name(argument) + " " + argument.paramLabel();
    return argument.required()
        ? whole + " must be given"
        : "%s needs a value: %s".formatted(name(argument), whole);
  }

  private String other() {
    CommandSpec command = command();
    if (complaint.getArgSpec() == null && !command.subcommands().isEmpty()) {
      return "no verb is given; " + verbs(command);
    }
    String message = String.valueOf(complaint.getMessage());
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private CommandSpec command() {
    return complaint.getCommandLine().getCommandSpec();
  }

  private static String verbs(CommandSpec command) {
    return "the verbs are " + String.join(", ", command.subcommands().keySet());
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }
}
