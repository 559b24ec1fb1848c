package dev.manyfactor.formation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Which process types of the services are started, all or those that were named, and how many
/// instances of each.
///
/// @param names full names, for example `payments.web`; empty: all
/// @param counts the number of instances by full name, where one was asked for
record Selection(Set<String> names, Map<String, Integer> counts) {

  /// What the settings ask for; fails with everything in them that does not fit the services.
  ///
  /// @param members the services, the one asked for last
  static Selection of(FormationSettings settings, List<Manifest> members) {
    FormationSettings.Shape shape = settings.shape();
    List<String> problems = new ArrayList<>();
    Set<String> names = names(shape.only(), members, problems);
    boolean known = problems.isEmpty();
    Selection selection = new Selection(names, shape.scale().over(members, problems));
    if (known) { // of a name that is not known, nobody can say what it leaves out
      problems.addAll(selection.withoutEffect(settings, members));
    }
    throwIfAny(problems);
    return selection;
  }

  /// The full names of those that are to start alone.
  private static Set<String> names(
      Set<String> only, List<Manifest> members, List<String> problems) {
    String main = members.getLast().name() + ".";
    Set<String> known =
        members.reversed().stream()
            .flatMap(member -> typesOf(member).stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<String> names = new LinkedHashSet<>();
    for (String given : only) {
      String name = given.contains(".") ? given : main + given;
      names.add(name);
      if (!known.contains(name)) {
        problems.add(unknown(given, known, main));
      }
    }
    return names;
  }

  /// The options that set nothing, since what they are about is not started.
  private List<String> withoutEffect(FormationSettings settings, List<Manifest> members) {
    Manifest main = members.getLast();
    List<String> problems = new ArrayList<>();
    settings
        .shape()
        .port()
        .ifPresent(port -> {
          if (!serves(main)) {
            problems.add(
                "--port %d sets nothing: no process of %s that serves is started"
                    .formatted(port, main.name()));
          }
        });
    counts.keySet().stream()
        .filter(name -> !names.isEmpty() && !names.contains(name))
        .sorted()
        .map("--scale %s sets nothing: --only leaves it out"::formatted)
        .forEach(problems::add);
    if (settings.data().server().isPresent() && !needsPostgres(members)) {
      problems.add(
          "--database names a server that nobody asks for: declare a dependency of kind postgres in %s"
              .formatted(main.directory().resolve(Manifest.FILE)));
    }
    return problems;
  }

  private static List<String> typesOf(Manifest member) {
    return member.programs().processes().stream().map(type -> fullName(member, type)).toList();
  }

  private static String unknown(String given, Set<String> known, String main) {
    List<String> shown =
        known.stream()
            .map(name -> given.contains(".") ? name : name.replaceFirst("^" + main, ""))
            .toList();
    return "--only %s: there is no such process type%s; there are %s"
        .formatted(given, Suggestion.didYouMean(given, shown), String.join(", ", shown));
  }

  private static void throwIfAny(List<String> problems) {
    if (problems.size() == 1) {
      throw new FormationException(ExitCode.USAGE, problems.getFirst());
    }
    if (!problems.isEmpty()) {
      throw new FormationException(
          ExitCode.USAGE.number(),
          "%d things are wrong with the options".formatted(problems.size()),
          problems);
    }
  }

  /// A service with those of its process types that are started.
  Manifest of(Manifest member) {
    return member.withProcesses(
        member.programs().processes().stream()
            .filter(type -> names.isEmpty() || names.contains(fullName(member, type)))
            .toList());
  }

  /// Those of the services of which something is started, each with just that.
  List<Manifest> of(List<Manifest> members) {
    return members.stream()
        .map(this::of)
        .filter(member -> !member.programs().processes().isEmpty())
        .toList();
  }

  private boolean serves(Manifest member) {
    return of(member).programs().processes().stream().anyMatch(type -> type.listens().isPresent());
  }

  private boolean needsPostgres(List<Manifest> members) {
    return of(members).stream()
        .anyMatch(member -> !member.dependencies(Dependency.Postgres.class).isEmpty());
  }

  private static String fullName(Manifest member, ProcessType type) {
    return member.name() + "." + type.name();
  }
}
