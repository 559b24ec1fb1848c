package dev.manyfactor.prover.observe;

import com.sun.security.auth.module.UnixSystem;
import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.prover.observe.Launcher.Identity;
import dev.manyfactor.prover.observe.Launcher.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// Processes of this machine, each confined as far as it allows.
///
/// Safe on many threads.
final class LocalSandbox implements Sandbox {
  private static final long MARKS = 1_000_000; // of one run

  private final RunFolder folder;
  private final Aftermath aftermath;
  private final Launcher launcher;
  private final Probe probe;
  private final Conditions conditions;
  private final AtomicInteger starts = new AtomicInteger();
  private final Map<Path, Scratch> scratches = new ConcurrentHashMap<>();
  private final List<ObservedProcess> started = new CopyOnWriteArrayList<>();
  private final List<String> exceptions = new CopyOnWriteArrayList<>();
  private final ReentrantReadWriteLock closing = new ReentrantReadWriteLock();
  private boolean closed;

  private LocalSandbox(RunFolder folder, Aftermath aftermath, Launcher launcher, Means means) {
    this.folder = folder;
    this.aftermath = aftermath;
    this.launcher = launcher;
    this.probe = new Probe(folder, launcher, folder.number() * MARKS);
    this.conditions =
        new Conditions(launcher.landlock(), Accounts.find(means, probe::works), means);
  }

  /// A folder to write to, and who may.
  ///
  /// @param starts how many processes may
  private record Scratch(Path path, Account account, AtomicInteger starts) {
    boolean isOfOne() {
      return starts.get() == 1;
    }
  }

  static LocalSandbox open(Path parent, LongSupplier nanos, Means means) {
    if (!Files.isDirectory(ProcessTable.PROC.resolve("self"))) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "mf prove observes processes through /proc, which is not here; run it on Linux, for"
              + " example in a container");
    }
    RunFolder.abandoned(parent).forEach(old -> Aftermath.of(old).run());
    RunFolder folder = RunFolder.create(parent);
    Aftermath aftermath = Aftermath.of(folder.path());
    try {
      Landlock landlock = means.landlock() ? Landlock.ofKernel() : new Landlock(0);
      int callers = ProcessTable.threadsOf(new UnixSystem().getUid());
      Launcher launcher = new Launcher(landlock, new Processes(means.processes(), callers), nanos);
      return new LocalSandbox(folder, aftermath, launcher, means);
    } catch (RuntimeException failure) {
      aftermath.run();
      folder.unlock();
      throw failure;
    }
  }

  @Override
  public Observed start(Launch launch) {
    Scratch scratch = scratches.get(launch.reach().scratch());
    if (scratch == null) {
      throw new IllegalArgumentException(
          "%s may only write to a folder that scratch() has made, not to %s"
              .formatted(launch.name(), launch.reach().scratch()));
    }
    closing.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException(launch.name() + " cannot start: the sandbox is closed");
      }
      scratch.starts().incrementAndGet();
      Account account = accountFor(launch, scratch);
      started.removeIf(ObservedProcess::isCleared); // their output is held no longer than they are
      ObservedProcess observed =
          launcher.start(launch, new Identity(account, mark(), scratch::isOfOne));
      started.add(observed);
      return observed;
    } finally {
      closing.readLock().unlock();
    }
  }

  @Override
  public Path scratch(String name) {
    Account account = conditions.accounts().next();
    Path path = folder.scratch(name, account);
    scratches.put(path, new Scratch(path, account, new AtomicInteger()));
    return path;
  }

  @Override
  public Path own(String name) {
    return folder.own(name);
  }

  @Override
  public List<String> conditions() {
    return Stream.concat(conditions.sentences().stream(), exceptions.stream().distinct()).toList();
  }

  @Override
  public void close() {
    closing.writeLock().lock();
    try {
      closed = true;
    } finally {
      closing.writeLock().unlock();
    }
    started.forEach(Observed::close);
    boolean clean = aftermath.run() || Aftermath.of(folder.path()).run();
    folder.unlock();
    if (!clean) {
      throw new IllegalStateException(
          "%s cannot be removed, or processes of it cannot be ended".formatted(folder.path()));
    }
  }

  /// The scratch folder's, unless that cannot read what it is to run.
  private Account accountFor(Launch launch, Scratch scratch) {
    if (conditions.accounts().readsAll() || probe.reads(scratch.account(), launch)) {
      return scratch.account();
    }
    exceptions.add(
        "%s runs as the calling user, for no other can read %s"
            .formatted(launch.name(), launch.directory()));
    Account caller = Accounts.caller();
    folder.give(scratch.path(), caller);
    return caller;
  }

  private long mark() {
    return folder.number() * MARKS + starts.incrementAndGet();
  }
}
