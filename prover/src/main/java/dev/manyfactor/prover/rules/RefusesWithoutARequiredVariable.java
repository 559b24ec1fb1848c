package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.Variable;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Trial;
import java.util.List;
import java.util.Optional;

/// 03-2: without any one required variable it does not start, and names the variable.
///
/// One trial for each variable, those that dependencies imply included; [WrongSetting] says what
/// each process type has to do.
@AutoService(Rule.class)
public final class RefusesWithoutARequiredVariable implements Rule {
  @Override
  public String requirement() {
    return "03-2";
  }

  @Override
  public Applicability antecedent(Bench bench) {
    return required(bench).isEmpty()
        ? new Applicability.DoesNotApply(
            "it was ready, and its samples succeeded, with no variable but those that every process gets; none is declared as required")
        : Applicability.applies();
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return required(bench).stream()
        .map(name -> new WrongSetting(name, Optional.empty()))
        .map(wrong -> new Trial(wrong.done(), wrong::tried))
        .toList();
  }

  private static List<String> required(Bench bench) {
    return bench.subject().variables().stream()
        .filter(Variable::required)
        .map(Variable::name)
        .toList();
  }
}
