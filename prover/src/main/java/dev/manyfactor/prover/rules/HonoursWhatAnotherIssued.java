package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import dev.manyfactor.prover.trial.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// 06-1: a session or token from one instance works on another after the first was killed.
///
/// A visitor sends every sample to A and reads what was made, with the token of the samples and
/// with whatever cookies and tokens A hands out. A is killed, and B, started in the same
/// environment, is sent the same reads with the same credentials: once B starts after the end of A,
/// and where there is time once beside it. A read that succeeds at A has to succeed at B, within a
/// short while; and where credentials change an answer of A, they have to change that of B, so that
/// a page which says "please log in" with 200 is no success.
@AutoService(Rule.class)
public final class HonoursWhatAnotherIssued implements Rule {
  private static final Duration SHORT_WHILE = Duration.ofSeconds(2);

  @Override
  public String requirement() {
    return "06-1";
  }

  @Override
  public Set<Control> controls() {
    return Set.of(Control.BASELINE, Control.REACHED);
  }

  @Override
  public Applicability antecedent(Bench bench) {
    if (bench.subject().web().isEmpty()) {
      return new Applicability.DoesNotApply("no process type of the manifest serves");
    }
    if (bench.manifest().samples().isEmpty()) {
      return new Applicability.CannotTell(
          Reason.NO_PROBE_OPERATION,
          "the manifest has no sample, so there is nothing to begin at one instance and to go on with at another; add one that reads");
    }
    return asksForCredentials(bench)
        ? Applicability.applies()
        : new Applicability.DoesNotApply(
            "%s, and of the answers to %d samples none set a cookie or handed out a token"
                .formatted(
                    bench.subject().operations().isEmpty()
                        ? "no sample names a scope"
                        : "no operation of the contract asks for credentials",
                    bench.seen().answered().size()));
  }

  private static boolean asksForCredentials(Bench bench) {
    return !bench.manifest().dependencies(Dependency.Oidc.class).isEmpty()
        || bench.manifest().samples().stream().anyMatch(sample -> !sample.scopes().isEmpty())
        || bench.subject().operations().stream()
            .flatMap(outline -> outline.operations().stream())
            .anyMatch(operation -> !operation.isPublic())
        || bench.seen().answered().stream().anyMatch(Visitor::isGivenCredentialsBy);
  }

  @Override
  public List<Trial> trials(Bench bench) {
    Trial afterwards = new Trial("B starts after the end of A", scene -> goOn(scene, false));
    Trial beside = new Trial("B runs beside A", scene -> goOn(scene, true));
    return bench.fast() ? List.of(afterwards) : List.of(afterwards, beside);
  }

  private static Finding goOn(Scene scene, boolean beside) throws InterruptedException {
    String process = scene.bench().subject().web().orElseThrow().name();
    Running a = scene.startReady(Start.of(process).as("A"));
    Optional<Running> early =
        beside ? Optional.of(scene.startReady(Start.of(process).as("B"))) : Optional.empty();
    List<Call> reads = reads(scene, a);
    if (reads.isEmpty()) {
      return new Finding.Undecided(
          Reason.NO_PROBE_OPERATION,
          "no sample reads with credentials, or says where what it made is read; add one that does, or a `read`");
    }
    List<ReadTwice> before = new ArrayList<>();
    for (Call read : reads) {
      before.add(ReadTwice.of(read, a));
    }
    scene.holds(Control.BASELINE, "%d reads succeeded at A".formatted(reads.size()));
    killed(scene, a, reads.getFirst());
    Running b = early.isPresent() ? early.get() : scene.startReady(Start.of(process).as("B"));
    return compared(scene, before, b);
  }

  /// Kills A; that it is gone is control C1.
  private static void killed(Scene scene, Running a, Call read) throws InterruptedException {
    scene.transcript().add("prover", "SIGKILL to A");
    a.process().kill();
    var _ = a.process().awaitExit(SHORT_WHILE);
    Exchange answer = a.send(read);
    if (answer.status() < 0) {
      scene.holds(Control.REACHED, "A was killed and answers no more: " + answer);
    }
  }

  /// Sends each sample to an instance, and reads what was made, as a visitor does.
  ///
  /// @return the reads that were sent with credentials
  private static List<Call> reads(Scene scene, Running a) throws InterruptedException {
    Visitor visitor = new Visitor();
    List<Call> reads = new ArrayList<>();
    for (Manifest.Sample sample : scene.bench().manifest().samples()) {
      Call call = scene.call(sample);
      Exchange answer = visitor.send(a, call);
      if (!answer.succeeded()) {
        throw new BaselineMissing("a sample does not succeed: " + answer);
      }
      Optional<Call> read =
          sample.method().equals("GET") ? Optional.of(call) : scene.readOf(sample, answer);
      if (read.isPresent() && visitor.send(a, read.get()).succeeded()) {
        reads.add(read.get());
      }
    }
    return reads.stream()
        .map(visitor::with)
        .filter(read -> !Visitor.credentialsOf(read).isEmpty())
        .toList();
  }

  private static Finding compared(Scene scene, List<ReadTwice> before, Running b)
      throws InterruptedException {
    for (ReadTwice atA : before) {
      Exchange first = patiently(scene, atA.call(), b);
      String credentials = String.join(" and ", Visitor.credentialsOf(atA.call()));
      if (!first.succeeded()) {
        return new Finding.Broken(
            "%s with the %s that worked at A, which was killed, was to succeed at B, started in the same environment, but: %s"
                .formatted(atA.call(), credentials, first));
      }
      if (atA.matters() && !ReadTwice.of(atA.call(), b).isChanged()) {
        return new Finding.Broken(
            "%s was answered differently with and without %s at A; at B, after A was killed, the credentials changed nothing"
                .formatted(atA.call(), credentials));
      }
    }
    return new Finding.Survived(
        "%s: %d reads with credentials of A's time succeeded at B"
            .formatted(before.getFirst().call(), before.size()));
  }

  private static Exchange patiently(Scene scene, Call call, Running b) throws InterruptedException {
    Duration until = scene.transcript().elapsed().plus(SHORT_WHILE);
    Exchange answer = b.send(call);
    while (!answer.succeeded() && scene.transcript().elapsed().compareTo(until) < 0) {
      Thread.sleep(200);
      answer = b.send(call);
    }
    return answer;
  }
}
