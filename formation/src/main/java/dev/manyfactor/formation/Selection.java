package dev.manyfactor.formation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Which process types of the services are started: all, or those that were named.
///
/// @param names full names, for example `payments.web`; empty: all
record Selection(Set<String> names) {

  /// What the settings ask for.
  ///
  /// @param members the services, the one asked for last
  /// @param problems takes everything in the settings that fits none of the services
  static Selection of(FormationSettings settings, List<Manifest> members, OptionProblems problems) {
    FormationSettings.Shape shape = settings.shape();
    Manifest main = members.getLast();
    Set<String> known =
        members.reversed().stream()
            .flatMap(member -> typesOf(member).stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<String> names = new LinkedHashSet<>();
    boolean isKnown = true;
    for (String given : shape.only()) {
      String name = given.contains(".") ? given : main.name() + "." + given;
      names.add(name);
      if (!known.contains(name)) {
        problems.add(unknown(given, known, main.name() + "."));
        isKnown = false;
      }
    }
    Selection selection = new Selection(names);
    if (isKnown) {
      selection.check(settings, members, problems);
    }
    return selection;
  }

  /// Looks for options that set nothing, because what they set is not started.
  private void check(FormationSettings settings, List<Manifest> members, OptionProblems problems) {
    Manifest main = members.getLast();
    FormationSettings.Shape shape = settings.shape();
    if (shape.port().isPresent() && !serves(main)) {
      problems.add(
          "--port %d sets nothing: no process of %s that serves is started"
              .formatted(shape.port().getAsInt(), main.name()));
    }
    if (settings.data().server().isPresent() && !needsPostgres(members)) {
      problems.add(
          "--database names a server that nobody asks for: declare a dependency of kind postgres in %s"
              .formatted(main.directory().resolve(Manifest.FILE)));
    }
  }

  /// Notes each of these full names that is left out.
  void requireStarted(Set<String> scaled, OptionProblems problems) {
    scaled.stream()
        .filter(name -> !names.isEmpty() && !names.contains(name))
        .sorted()
        .map("--scale %s sets nothing: --only leaves it out"::formatted)
        .forEach(problems::add);
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
