package dev.manyfactor.chaos.sweep;

import dev.manyfactor.chaos.history.Reply;
import dev.manyfactor.faults.PostgresMessage;
import dev.manyfactor.faults.Watch;
import dev.manyfactor.formation.Chaos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A request. Whatever happens to the first sending, the client sends it again under the same key
/// until it has an answer for good, and then twice more.
final class OperationPlay implements Play {
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration CONCLUSION = Duration.ofSeconds(60);
  private static final Duration MEANWHILE = Duration.ofMillis(400);
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(10);

  private final Chaos.Operation operation;
  private final Theatre theatre;
  private final Errands errands;

  OperationPlay(Chaos.Operation operation, Theatre theatre, Errands errands) {
    this.operation = operation;
    this.theatre = theatre;
    this.errands = errands;
  }

  @Override
  public String subject() {
    return operation.name();
  }

  @Override
  public String process() {
    return Backdrop.server(theatre.manifest()).name();
  }

  private Actor actor() {
    return theatre.actor(process());
  }

  @Override
  public List<PostgresMessage> rehearse() throws InterruptedException {
    Errand errand = errands.prepare(operation, Errands.TENANT);
    actor().awaitSilence();
    Watch watch = actor().proxy().watch(Spot::counts);
    var _ = errands.conversation(errand).untilConclusive(actor().address(), CONCLUSION);
    Thread.sleep(AFTERWARDS.dividedBy(5)); // what it does once it has answered
    watch.end();
    return watch.seen();
  }

  @Override
  public Verdict perform(Cell cell) throws InterruptedException {
    Errand errand = errands.prepare(operation, Errands.TENANT);
    Errand others = another(errand, cell);
    actor().awaitSilence();
    Conversation conversation = errands.conversation(errand);
    Meanwhile meanwhile =
        new Meanwhile(conversation, isForOthers(cell) ? Optional.of(others) : Optional.empty());
    Blow blow = Blow.at(cell, actor(), theatre, _ -> meanwhile.happen());
    Future<Reply> first = sent(conversation);
    if (!hits(blow, first)) {
      blow.callOff();
      theatre.replace(process()); // the next one says everything again
      return new Verdict.Missed("the request was answered without it");
    }
    Reply reply = answerOf(first);
    if (cell.fault() == Fault.KILL) {
      theatre.replace(process());
    }
    return judged(errand, conversation, reply, meanwhile.end(others));
  }

  /// What another tenant wants, under the same key; it is sent in cells that stall only.
  private Errand another(Errand errand, Cell cell) throws InterruptedException {
    return isForOthers(cell)
        ? errands.prepare(operation, Errands.OTHER_TENANT, errand.letter().key())
        : errand;
  }

  private boolean isForOthers(Cell cell) {
    return cell.fault() == Fault.STALL && operation.keyed() && theatre.manifest().chaos().tenants();
  }

  /// What others do while a message is held.
  private final class Meanwhile {
    private final Conversation same;
    private final Optional<Conversation> others;
    private Future<Reply> second = CompletableFuture.completedFuture(new Reply.Later(0));

    Meanwhile(Conversation same, Optional<Errand> other) {
      this.same = same;
      this.others = other.map(errands::conversation);
    }

    /// The client loses patience and asks another process; another tenant uses the same key.
    void happen() throws InterruptedException {
      second = theatre.threads().submit(() -> same.send(theatre.bystander()));
      await(second, MEANWHILE);
      if (others.isPresent()) {
        Conversation their = others.get();
        await(theatre.threads().submit(() -> their.send(theatre.bystander())), MEANWHILE);
      }
    }

    /// What is wrong with what the other tenant got.
    List<String> end(Errand other) throws InterruptedException {
      await(second, ANSWER);
      if (others.isEmpty()) {
        return List.of();
      }
      var _ = others.get().untilConclusive(theatre.bystander(), CONCLUSION);
      return problems(other, others.get()).stream()
          .map(problem -> "another tenant with the same key: " + problem)
          .toList();
    }
  }

  private Future<Reply> sent(Conversation conversation) {
    Actor actor = actor();
    return theatre.threads().submit(() -> conversation.send(actor.address()));
  }

  /// Some messages come after the answer.
  private static boolean hits(Blow blow, Future<Reply> first) throws InterruptedException {
    for (Duration waited = Duration.ZERO;
        waited.compareTo(ANSWER) < 0;
        waited = waited.plus(POLL)) {
      if (first.isDone()) {
        return blow.await(AFTERWARDS).isPresent();
      }
      if (blow.hasHit()) {
        return blow.await(ANSWER).isPresent();
      }
      Thread.sleep(POLL);
    }
    return false;
  }

  private static Reply answerOf(Future<Reply> first) throws InterruptedException {
    await(first, ANSWER);
    return first.isDone() ? first.resultNow() : new Reply.Unknown("no answer in time");
  }

  private static void await(Future<Reply> reply, Duration patience) throws InterruptedException {
    try {
      reply.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException later) {
      // it is asked for again when it is needed
    } catch (ExecutionException broken) {
      throw new IllegalStateException(broken.getCause());
    }
  }

  private Verdict judged(
      Errand errand, Conversation conversation, Reply first, List<String> seenOfOthers)
      throws InterruptedException {
    if (!(first instanceof Reply.Conclusive)) {
      var _ = conversation.untilConclusive(actor().address(), CONCLUSION);
    }
    if (operation.keyed()) {
      conversation.send(actor().address());
      conversation.send(theatre.bystander());
    }
    List<String> seen = new ArrayList<>(problems(errand, conversation));
    seen.addAll(seenOfOthers);
    seen.addAll(theatre.awaitRest());
    seen.addAll(theatre.invariants());
    return Verdict.of(seen);
  }

  private List<String> problems(Errand errand, Conversation conversation) {
    List<String> problems = new ArrayList<>(conversation.problems(operation.keyed()));
    long effects = theatre.effects(operation.effects(), errand.identity());
    if (effects != 1) {
      problems.add(
          "%d effects of %s under one key; the answers were %s"
              .formatted(effects, errand.identity(), conversation.replies()));
    }
    return problems;
  }
}
