package dev.manyfactor.jobs;

import java.util.concurrent.atomic.AtomicInteger;

/// Jobs of a kind of their own, which show that a worker has looked at the queues. Declare them
/// before the program is opened.
final class Looks {
  private final AtomicInteger seen = new AtomicInteger();
  private final TestProgram program;
  private final Queue<Probe> queue;

  record Probe(int number) {}

  Looks(TestProgram program) {
    this.program = program;
    TransactionalJob<Probe> see = (write, probe) -> seen.incrementAndGet();
    this.queue = program.jobs().queue(Probe.class, see);
  }

  /// Returns when a worker has looked so often.
  void await(int count) {
    for (int i = 0; i < count; i++) {
      int before = seen.get();
      program.write("acme", write -> queue.add(write, new Probe(before)));
      Await.until("a worker has looked", () -> seen.get() > before);
    }
  }
}
