package dev.manyfactor.fuzz;

import dev.manyfactor.fuzz.contract.ApiOperation;
import dev.manyfactor.fuzz.generate.Draft;
import dev.manyfactor.fuzz.generate.Expected;
import dev.manyfactor.fuzz.generate.Known;
import dev.manyfactor.fuzz.generate.Requests;
import dev.manyfactor.fuzz.judge.Fault;
import dev.manyfactor.fuzz.judge.Oracle;
import dev.manyfactor.fuzz.judge.Schemas;
import dev.manyfactor.fuzz.wire.Reply;
import dev.manyfactor.fuzz.wire.Sending;
import dev.manyfactor.fuzz.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Sends the requests of a seed to a service, on several connections, and judges each reply.
final class Run {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CLIENTS = 8;
  private static final int CREATIONS = 6;
  private static final int ROUNDS = 3;

  private final Subject subject;
  private final long seed;
  private final LongSupplier nanos;
  private final UnaryOperator<Sending> planted;
  private final Oracle oracle;
  private final Figures figures = new Figures();
  private Optional<Requests> prepared = Optional.empty();

  /// @param planted what stands between the client and the service; nothing but in the tests
  Run(Subject subject, long seed, LongSupplier nanos, UnaryOperator<Sending> planted) {
    this.subject = subject;
    this.seed = seed;
    this.nanos = nanos;
    this.planted = planted;
    this.oracle = new Oracle(new Schemas(subject.api().text()));
  }

  /// Sends the requests from `first` to below `end`; may be asked again for others.
  ///
  /// @return the figures of all that this run has sent
  Figures send(long first, long end) throws InterruptedException {
    Requests requests = prepared.orElseGet(this::prepared);
    prepared = Optional.of(requests);
    var next = new AtomicLong(first);
    List<Thread> clients =
        IntStream.range(0, CLIENTS)
            .mapToObj(number ->
                Thread.ofVirtual()
                    .name("client-" + number)
                    .start(() -> client(requests, next, end)))
            .toList();
    for (Thread client : clients) {
      client.join();
    }
    return figures;
  }

  /// Adds something of each kind, so that requests are about things that are there.
  private Requests prepared() {
    var known = new Known();
    int number = 0;
    try (Wire wire = new Wire(subject.port(), PATIENCE)) {
      for (int round = 0; round < ROUNDS; round++) {
        var requests = new Requests(subject.api(), known, subject.tokens(), seed);
        for (ApiOperation operation : subject.api().operations()) {
          for (int i = 0; operation.keyed() && i < CREATIONS; i++) {
            create(requests.creation(operation, number++), planted.apply(wire), known);
          }
        }
      }
    }
    return new Requests(subject.api(), known, subject.tokens(), seed);
  }

  private void create(Draft draft, Sending wire, Known known) {
    if (wire.send(draft) instanceof Reply.Answer answer && answer.status() < 300) {
      answer.header("Location").ifPresent(location -> known.add(subject.api(), location));
    }
  }

  private void client(Requests requests, AtomicLong next, long end) {
    try (Wire wire = new Wire(subject.port(), PATIENCE)) {
      Sending sending = planted.apply(wire);
      for (long index = next.getAndIncrement(); index < end; index = next.getAndIncrement()) {
        one(requests.request(index), index, sending);
        figures.sent();
      }
    } catch (RuntimeException broken) {
      figures.add(
          new Finding(
              subject.name(),
              seed,
              next.get(),
              "client",
              new Fault("generator", String.valueOf(broken)),
              ""));
      throw broken;
    }
  }

  private void one(Draft draft, long index, Sending wire) {
    if (draft.expected() instanceof Expected.After(var first, var then)) {
      Reply before = exchange(first, index, first.expected(), wire);
      if (before instanceof Reply.Answer answer && answer.status() < 500) {
        Reply after = exchange(draft, index, then, wire);
        if (then instanceof Expected.Replayed()) {
          Oracle.replayed(before, after).forEach(fault -> add(draft, index, fault));
        }
      }
    } else {
      exchange(draft, index, draft.expected(), wire);
    }
  }

  private Reply exchange(Draft draft, long index, Expected expected, Sending wire) {
    long began = nanos.getAsLong();
    Reply reply = wire.send(draft);
    long millis = (nanos.getAsLong() - began) / 1_000_000;
    figures.count(draft.kind(), status(reply), millis);
    oracle.judge(draft, expected, reply).forEach(fault -> add(draft, index, fault));
    return reply;
  }

  private void add(Draft draft, long index, Fault fault) {
    figures.add(Finding.of(subject.name(), seed, index, draft, fault));
  }

  private static String status(Reply reply) {
    return switch (reply) {
      case Reply.Answer answer -> String.valueOf(answer.status());
      case Reply.Silence() -> "silence";
      case Reply.Broken _ -> "broken";
    };
  }
}
