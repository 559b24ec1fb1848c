package dev.manyfactor.chaos.history;

import dev.manyfactor.chaos.history.Reply.Conclusive;
import dev.manyfactor.chaos.history.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Whether what is in the databases is what the clients were told.
///
/// For every operation: acknowledged ⊆ effects ⊆ asked for; no effect twice; what was refused has
/// none; every request has come to one answer, the same each time it was asked for again. For every
/// job: each effect of its cause has one effect of the job, or one that waits or was given up, and
/// not both. For every schedule: no instant twice. And every invariant.
///
/// A function of the history: it neither waits nor asks.
public final class Checker {
  private final History history;
  private final List<Violation> violations = new ArrayList<>();

  private Checker(History history) {
    this.history = history;
  }

  /// Everything that must not be, in the order of the history; empty if all is well.
  public static List<Violation> check(History history) {
    return new Checker(history).violations();
  }

  private List<Violation> violations() {
    history.requests().forEach(this::answers);
    for (Found found : history.found()) {
      twice(found);
      switch (found) {
        case Found.OfOperation operation -> operation(operation);
        case Found.OfJob job -> job(job);
        case Found.OfSchedule _ -> {} // twice is all that can be wrong with an instant
      }
    }
    history
        .broken()
        .forEach(
            broken -> add(Kind.INVARIANT, broken.invariant(), String.join("; ", broken.rows())));
    return List.copyOf(violations);
  }

  private void answers(Asked asked) {
    if (asked.open()) {
      add(Kind.UNRESOLVED, asked.operation(), "%s, last %s".formatted(name(asked), last(asked)));
    } else if (asked.key().isPresent()) {
      Conclusive first = asked.conclusive().getFirst();
      asked.conclusive().stream()
          .filter(other -> !other.equals(first))
          .findFirst()
          .ifPresent(other ->
              add(
                  Kind.CHANGED,
                  asked.operation(),
                  "%s: first %s, then %s".formatted(name(asked), first, other)));
    }
  }

  private void operation(Found.OfOperation found) {
    Set<String> effects = new HashSet<>(found.effects());
    Map<String, Asked> asked = new HashMap<>();
    for (Asked one : of(found.name())) {
      asked.put(one.identity(), one);
      if (one.acknowledged() && !effects.contains(one.identity())) {
        add(Kind.LOST, found.name(), name(one));
      }
      if (one.refused() && effects.contains(one.identity())) {
        add(Kind.REFUSED_YET_DONE, found.name(), "%s: %s".formatted(name(one), last(one)));
      }
    }
    each(effects, identity -> !asked.containsKey(identity), Kind.UNASKED, found.name());
  }

  private void job(Found.OfJob job) {
    Set<String> causes = effectsOf(job.after());
    Set<String> done = new HashSet<>(job.effects());
    each(done, identity -> !causes.contains(identity), Kind.UNASKED, job.name());
    job.waiting()
        .ifPresent(waiting -> {
          counted(waiting)
              .forEach((identity, count) -> {
                if (count > 1) {
                  add(Kind.DOUBLED, job.name(), "%s waits %d times".formatted(identity, count));
                }
              });
          each(new HashSet<>(waiting), done::contains, Kind.JOB_LEFT_OVER, job.name());
          each(
              causes,
              identity -> !done.contains(identity) && !waiting.contains(identity),
              Kind.JOB_LOST,
              job.name());
        });
    if (job.waiting().isEmpty()) {
      each(causes, identity -> !done.contains(identity), Kind.JOB_LOST, job.name());
    }
  }

  private void twice(Found found) {
    counted(found.effects())
        .forEach((identity, count) -> {
          if (count > 1) {
            add(Kind.DOUBLED, found.name(), "%s took effect %d times".formatted(identity, count));
          }
        });
  }

  private Set<String> effectsOf(String operation) {
    return history.found().stream()
        .filter(found -> found instanceof Found.OfOperation && found.name().equals(operation))
        .flatMap(found -> found.effects().stream())
        .collect(Collectors.toSet());
  }

  private List<Asked> of(String operation) {
    return history.requests().stream()
        .filter(asked -> asked.operation().equals(operation))
        .toList();
  }

  private static Map<String, Long> counted(List<String> identities) {
    return identities.stream().collect(Collectors.groupingBy(each -> each, Collectors.counting()));
  }

  private void each(Set<String> identities, Predicate<String> wrong, Kind kind, String subject) {
    identities.stream().filter(wrong).sorted().forEach(identity -> add(kind, subject, identity));
  }

  private void add(Kind kind, String subject, String detail) {
    violations.add(new Violation(kind, subject, detail));
  }

  private static String name(Asked asked) {
    return asked.identity() + asked.key().map(key -> " under the key " + key).orElse("");
  }

  private static String last(Asked asked) {
    return asked.replies().isEmpty() ? "never sent" : asked.replies().getLast().toString();
  }
}
