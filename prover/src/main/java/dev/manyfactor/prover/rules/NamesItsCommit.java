package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Subject;
import dev.manyfactor.prover.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// 01-1: the running artifact names the commit that it was built from, which is HEAD of a tree
/// without changes.
///
/// No variable says which commit it is, and git is hidden from the process: what it asks git while
/// it runs is what is checked out, not what it was built from.
@AutoService(Rule.class)
public final class NamesItsCommit implements Rule {
  private static final List<String> USUAL =
      List.of("/info", "/version", "/build-info", "/actuator/info");
  private static final String NOWHERE = "/nonexistent";
  private static final int SHOWN = 5;

  @Override
  public String requirement() {
    return "01-1";
  }

  @Override
  public Applicability antecedent(Bench bench) {
    Subject.Checkout checkout = bench.subject().checkout();
    if (checkout.commit().isEmpty()) {
      return new Applicability.CannotTell(
          Reason.UNSUPPORTED,
          "the service lies in no git checkout with a commit, so there is nothing to compare with; prove it in a checkout");
    }
    List<String> dirty = checkout.dirty();
    return dirty.isEmpty()
        ? Applicability.applies()
        : new Applicability.CannotTell(
            Reason.UNSUPPORTED,
            "the tree has changes, so what was built is no commit: %s%s; commit them, or let .gitignore name what a build makes"
                .formatted(
                    String.join(", ", dirty.subList(0, Math.min(SHOWN, dirty.size()))),
                    dirty.size() > SHOWN ? " and more" : ""));
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return Trial.once(NamesItsCommit::guarded);
  }

  /// A build may not find out its commit where git has not the whole history.
  private static Finding guarded(Scene scene) throws InterruptedException {
    Finding finding = ask(scene);
    return finding instanceof Finding.Broken(var text)
            && scene.bench().subject().checkout().isShallow()
        ? new Finding.Undecided(
            Reason.UNSUPPORTED,
            text + "; the checkout is shallow, so build again after `git fetch --unshallow`")
        : finding;
  }

  private static Finding ask(Scene scene) throws InterruptedException {
    Subject subject = scene.bench().subject();
    String head = subject.checkout().commit().orElseThrow();
    String type = Reaction.inOrder(subject).getFirst().name();
    Running running = scene.startReady(Start.of(type).with("GIT_DIR", NOWHERE));
    List<String> asked = new ArrayList<>();
    for (String path : scene.bench().manifest().proving().info().map(List::of).orElse(USUAL)) {
      Optional<Finding> found = askedAt(running, path, head, asked);
      if (found.isPresent()) {
        return found.get();
      }
    }
    asked.add("its output");
    return CommitClaims.of(String.join("\n", Said.by(running).lines()))
        .naming(head)
        .map(named -> survived("its output", named, head))
        .orElseGet(() ->
            new Finding.Broken(
                "the running %s was expected to name the commit %s, but names none (git was hidden from it); asked were %s"
                    .formatted(type, head, String.join(", ", asked))));
  }

  /// On the management port, then on its own.
  private static Optional<Finding> askedAt(
      Running running, String path, String head, List<String> asked) throws InterruptedException {
    Exchange managed = running.ask(Call.get(path));
    if (managed.status() == -1 && running.port() != 0) { // most services have no such port
      return judged(running.send(Call.get(path)), head, path, asked);
    }
    Optional<Finding> found = judged(managed, head, path + " of the management port", asked);
    return found.isEmpty() && running.port() != 0
        ? judged(running.send(Call.get(path)), head, path + " of its port", asked)
        : found;
  }

  private static Optional<Finding> judged(
      Exchange exchange, String head, String place, List<String> asked) {
    asked.add("%s (%s)".formatted(place, answer(exchange)));
    return exchange.succeeded()
        ? judged(CommitClaims.of(exchange.body()), head, place)
        : Optional.empty();
  }

  private static String answer(Exchange exchange) {
    return exchange.status() == -1 ? "no answer" : String.valueOf(exchange.status());
  }

  private static Optional<Finding> judged(CommitClaims claims, String head, String place) {
    Optional<String> other = claims.differing(head);
    Optional<String> named = claims.naming(head);
    if (other.isEmpty() && named.isEmpty()) {
      return Optional.empty();
    }
    if (other.isPresent() || claims.isChanged()) {
      return Optional.of(
          new Finding.Broken(
              "%s was expected to name the commit %s, but names %s%s"
                  .formatted(
                      place,
                      head,
                      other.or(() -> named).orElseThrow(),
                      claims.isChanged() ? ", and says that files were changed since" : "")));
    }
    return Optional.of(survived(place, named.orElseThrow(), head));
  }

  private static Finding survived(String place, String named, String head) {
    return new Finding.Survived(
        "%s names %s; HEAD is %s, and no file differs from it".formatted(place, named, head));
  }
}
