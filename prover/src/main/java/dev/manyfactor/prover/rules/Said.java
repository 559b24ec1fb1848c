package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.observe.OutputLine;
import dev.manyfactor.prover.trial.Readiness;
import dev.manyfactor.prover.trial.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a process has said so far: the lines it wrote and what its probe answered.
record Said(List<String> lines) {
  private static final int SHOWN = 200;

  Said {
    lines = List.copyOf(lines);
  }

  static Said by(Running running) {
    return new Said(running.process().output().lines().stream().map(OutputLine::text).toList());
  }

  /// Together with what became of it: who is not ready may say in its probe why.
  static Said by(Running running, Readiness readiness) {
    List<String> lines = new ArrayList<>(by(running).lines());
    if (readiness instanceof Readiness.NotReady notReady) {
      lines.add(notReady.answer());
    }
    return new Said(lines);
  }

  /// The first line that names a variable, as a whole word, shortened.
  Optional<String> naming(String variable) {
    Pattern name = Pattern.compile("(?<!\\w)" + Pattern.quote(variable) + "(?!\\w)");
    return lines.stream().filter(line -> name.matcher(line).find()).map(Said::shown).findFirst();
  }

  private static String shown(String line) {
    String text = line.strip();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
