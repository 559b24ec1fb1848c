package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.Variable;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Subject;
import dev.manyfactor.prover.trial.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// 03-3: a value of the wrong type is refused at the start, not at the first use.
///
/// One trial for each variable whose type is known, and for the port of each process type that
/// serves; with little time for ports, addresses and a few others. The address of a dependency that
/// is used late, if at all, is declared as optional, and left out.
@AutoService(Rule.class)
public final class RefusesIllTypedValues implements Rule {
  private static final int FEW = 2;

  @Override
  public String requirement() {
    return "03-3";
  }

  @Override
  public Applicability antecedent(Bench bench) {
    return wrong(bench.subject()).isEmpty()
        ? new Applicability.DoesNotApply(
            "it was ready, and its samples succeeded, without a port and without any variable that is declared with a type")
        : Applicability.applies();
  }

  @Override
  public List<Trial> trials(Bench bench) {
    Map<String, String> wrong = wrong(bench.subject());
    return chosen(bench, wrong).stream()
        .map(name -> new WrongSetting(name, Optional.ofNullable(wrong.get(name))))
        .map(setting -> new Trial(setting.done(), setting::tried))
        .toList();
  }

  /// All of them, or ports, addresses and a few others.
  private static List<String> chosen(Bench bench, Map<String, String> wrong) {
    if (!bench.fast()) {
      return List.copyOf(wrong.keySet());
    }
    Set<String> always =
        bench.subject().variables().stream()
            .filter(variable -> variable.kind() == Variable.Kind.URL)
            .map(Variable::name)
            .collect(Collectors.toSet());
    always.addAll(ports(bench.subject()));
    List<String> others =
        new ArrayList<>(wrong.keySet().stream().filter(name -> !always.contains(name)).toList());
    java.util.Collections.shuffle(others, new Random(bench.random().nextLong()));
    Set<String> few = Set.copyOf(others.subList(0, Math.min(FEW, others.size())));
    return wrong.keySet().stream()
        .filter(name -> always.contains(name) || few.contains(name))
        .toList();
  }

  /// A value that cannot be right, by the variable's name: ports first.
  private static Map<String, String> wrong(Subject subject) {
    Map<String, String> wrong = new LinkedHashMap<>();
    ports(subject).forEach(port -> wrong.put(port, "abc"));
    subject.variables().stream()
        .filter(variable -> variable.kind() != Variable.Kind.TEXT)
        .filter(variable -> variable.kind() != Variable.Kind.URL || variable.required())
        .forEach(variable -> wrong.putIfAbsent(variable.name(), wrong(variable.kind())));
    return wrong;
  }

  private static List<String> ports(Subject subject) {
    return subject.manifest().programs().processes().stream()
        .flatMap(type -> type.listens().stream())
        .map(listens -> listens.variable())
        .distinct()
        .toList();
  }

  private static String wrong(Variable.Kind kind) {
    return switch (kind) {
      case TEXT -> "";
      case NUMBER -> "abc";
      case DURATION -> "-5s";
      case URL -> "junk";
      case BOOLEAN -> "maybe";
    };
  }
}
