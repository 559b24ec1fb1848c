package dev.manyfactor.chaos.loop;

import dev.manyfactor.faults.Behaviour;
import dev.manyfactor.faults.TcpProxy;
import dev.manyfactor.faults.Traffic;
import dev.manyfactor.formation.EmbeddedPostgres;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Breaks something, waits, and repairs it, also when it is interrupted meanwhile.
///
/// @param ground what there is
/// @param strikes are told
/// @param changed runs whenever something has been broken or repaired
record Breaker(Ground ground, Strikes strikes, Runnable changed) {
  private static final Duration DEATH = Duration.ofSeconds(10);

  /// Does what a fault says; returns once it is repaired.
  void strike(Fault fault) throws InterruptedException {
    int number = strikes.began(fault);
    changed.run();
    try {
      switch (fault.kind()) {
        case KILL -> kill(fault, number);
        case FREEZE -> freeze(fault, number);
        case CUT -> cut(fault, number);
        case HANG -> hang(fault, number);
        case CRASH -> crash(fault, number);
      }
    } finally {
      strikes.repaired(number);
      changed.run();
    }
  }

  private void kill(Fault fault, int number) throws InterruptedException {
    Optional<ProcessHandle> process = ground.process(fault.target());
    if (process.isEmpty()) {
      missed(number, "it did not run");
      return;
    }
    process.get().destroyForcibly();
    boolean died = ended(process.get());
    strikes.struck(number, new Strikes.Outcome(died, "process " + process.get().pid()));
  }

  private static boolean ended(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(DEATH.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException | TimeoutException no) {
      return !process.isAlive();
    }
  }

  private void freeze(Fault fault, int number) throws InterruptedException {
    Optional<ProcessHandle> process = ground.process(fault.target());
    if (process.isEmpty()) {
      missed(number, "it did not run");
      return;
    }
    boolean stopped = ground.freeze(process.get());
    try {
      strikes.struck(number, new Strikes.Outcome(stopped, "process " + process.get().pid()));
      Thread.sleep(fault.lasts());
    } finally {
      ground.thaw(process.get());
    }
  }

  private void cut(Fault fault, int number) {
    TcpProxy link = ground.link(fault.target());
    long open = link.traffic().open();
    link.behave(new Behaviour.Reset());
    link.behave(new Behaviour.Pass());
    strikes.struck(number, new Strikes.Outcome(open > 0, open + " connections"));
  }

  private void hang(Fault fault, int number) throws InterruptedException {
    TcpProxy link = ground.link(fault.target());
    Traffic before = link.traffic();
    link.behave(new Behaviour.Blackhole());
    try {
      Thread.sleep(fault.lasts());
    } finally {
      Traffic during = link.traffic().since(before);
      link.behave(new Behaviour.Pass());
      String seen =
          "%d connections, %d bytes were held"
              .formatted(before.open(), during.sent() - during.passed());
      strikes.struck(number, new Strikes.Outcome(before.open() > 0 || during.isReached(), seen));
    }
  }

  private void crash(Fault fault, int number) throws InterruptedException {
    EmbeddedPostgres server = ground.server(fault.target());
    boolean crashed = server.crash();
    try {
      Thread.sleep(fault.lasts());
    } finally {
      startAgain(server);
      String seen =
          "all sessions; it answered again after %.1f s"
              .formatted(strikes.age(number).toMillis() / 1000.0);
      strikes.struck(number, new Strikes.Outcome(crashed, seen));
    }
  }

  /// Also when this thread is to end: nothing would hold without it.
  private static void startAgain(EmbeddedPostgres server) throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    server.startAgain();
    if (interrupted) {
      throw new InterruptedException();
    }
  }

  private void missed(int number, String why) {
    strikes.struck(number, new Strikes.Outcome(false, why));
  }
}
