package dev.manyfactor.cli;

import dev.manyfactor.factors.Factor;
import dev.manyfactor.factors.Requirement;
import dev.manyfactor.formation.Suggestion;
import dev.manyfactor.prover.Choice;
import dev.manyfactor.prover.Prover;
import dev.manyfactor.prover.trial.Rule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which requirements a command line asks for.
final class ProveChoice {
  private ProveChoice() {}

  /// What is wrong with `--factor` and `--only`.
  static List<String> problems(List<String> factors, List<String> only) {
    Set<String> checked = checked();
    List<String> problems = new ArrayList<>();
    factors.forEach(text -> factorProblem(text, checked).ifPresent(problems::add));
    only.forEach(id -> idProblem(id).ifPresent(problems::add));
    only.stream()
        .filter(id -> Requirement.of(id).isPresent() && !checked.contains(id))
        .map("%s is not in this version; `mf prove list` has those that are"::formatted)
        .forEach(problems::add);
    return problems;
  }

  /// What is asked for; nothing may be wrong with it.
  static Choice of(List<String> factors, List<String> only) {
    return new Choice(
        factors.stream().map(Integer::valueOf).collect(Collectors.toSet()),
        new LinkedHashSet<>(only));
  }

  /// The ids that this version checks, in their order.
  static Set<String> checked() {
    return Prover.rules().stream()
        .map(Rule::requirement)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /// Why an id names no requirement.
  static Optional<String> idProblem(String id) {
    if (Requirement.of(id).isPresent()) {
      return Optional.empty();
    }
    List<String> ids = Requirement.all().stream().map(Requirement::id).toList();
    return Optional.of(
        "there is no requirement \"%s\"%s; `mf prove list` has them all"
            .formatted(id, didYouMean(id, ids)));
  }

  /// `9-2` is meant to be `09-2`; whatever else is near is only a guess.
  private static String didYouMean(String id, List<String> ids) {
    return ids.contains("0" + id)
        ? "; did you mean \"0%s\"?".formatted(id)
        : Suggestion.didYouMean(id, ids);
  }

  private static Optional<String> factorProblem(String text, Set<String> checked) {
    Optional<Factor> factor =
        text.matches("[0-9]{1,2}") ? Factor.of(Integer.parseInt(text)) : Optional.empty();
    if (factor.isEmpty()) {
      return Optional.of(
          "--factor must be the number of a factor, 1 to 23, but is \"%s\"".formatted(text));
    }
    boolean isChecked = ids(factor.get()).anyMatch(checked::contains);
    return isChecked
        ? Optional.empty()
        : Optional.of(
            "factor %d, %s, is not in this version; `mf prove list` has those that are"
                .formatted(factor.get().number(), factor.get().title()));
  }

  private static Stream<String> ids(Factor factor) {
    return factor.requirements().stream().map(Requirement::id);
  }
}
