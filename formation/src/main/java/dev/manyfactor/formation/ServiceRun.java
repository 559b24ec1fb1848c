package dev.manyfactor.formation;

import dev.manyfactor.formation.FormationState.ServiceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// The instances of one service of a running formation: their start, their readiness, their end;
/// and the routers in front of them.
final class ServiceRun implements Parts.Part {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration REPORT = Duration.ofSeconds(1);
  private static final int SERVERS = 0; // as Instance.stopsAt() says

  private final ServiceLauncher launcher;
  private final FormationSettings.Patience patience;
  private final Map<String, Router> routers = new ConcurrentHashMap<>();
  private final List<Instance> instances = new CopyOnWriteArrayList<>();

  /// Prepares a service; nothing is started.
  ServiceRun(ServiceLauncher launcher, FormationSettings.Patience patience) {
    this.launcher = launcher;
    this.patience = patience;
  }

  ServiceState state() {
    return new ServiceState(
        launcher.manifest().name(),
        launcher.manifest().directory(),
        launcher.placement().served(),
        instances.stream().flatMap(instance -> instance.state().stream()).toList(),
        launcher.wires().environment(),
        launcher.wires().release());
  }

  /// The instance of that name, for example `payments.web.2`.
  Optional<Instance> instance(String name) {
    return instances.stream().filter(instance -> instance.name().equals(name)).findFirst();
  }

  /// Starts all instances; they are not ready yet.
  void start() throws InterruptedException {
    launcher.placement().routed().forEach(this::startRouter);
    for (Placement.Slot slot : launcher.placement().slots()) {
      Optional<Router> router = Optional.ofNullable(routers.get(slot.type().name()));
      Instance instance = new Instance(launcher, slot, router, patience.stop());
      var _ = instance.start();
      instances.add(instance); // only now: every one in the list has a process
    }
  }

  private void startRouter(ProcessType type) {
    String name = launcher.manifest().name() + "." + type.name();
    int port = launcher.placement().ports().getOrDefault(type.name(), 0);
    Router router = Router.start(name, port, launcher.surroundings().nanos());
    routers.put(type.name(), router);
    launcher.tell(new Event.Routing(name, router.address(), launcher.placement().instances(type)));
  }

  /// Waits until every instance is ready; fails when one ends or takes longer than it may.
  void awaitReady() throws InterruptedException {
    Stopwatch watch = launcher.stopwatch();
    List<Instance> pending = new ArrayList<>(instances);
    Duration reported = Duration.ZERO;
    while (!pending.isEmpty()) {
      Duration elapsed = watch.elapsed();
      boolean report = elapsed.minus(reported).compareTo(REPORT) >= 0;
      reported = report ? elapsed : reported;
      for (Instance instance : List.copyOf(pending)) {
        Optional<String> reason = whyNotReady(instance.process());
        if (reason.isEmpty()) {
          pending.remove(instance);
          instance.enter();
          launcher.tell(new Event.BecameReady(instance.name(), elapsed));
        } else if (elapsed.compareTo(patience.ready()) > 0) {
          throw notReady(instance.process(), patience.ready(), reason.get());
        } else if (report) {
          launcher.tell(new Event.Awaiting(instance.name(), elapsed, reason.get()));
        }
      }
      Thread.sleep(pending.isEmpty() ? Duration.ZERO : POLL);
    }
  }

  private static Optional<String> whyNotReady(ProcessRun process) throws InterruptedException {
    Optional<String> reason = process.whyNotReady();
    if (process.child().isAlive()) {
      return reason;
    }
    int code = process.child().await();
    throw new FormationException(
        passedOn(code),
        "%s ended with exit code %d before it was ready; %s"
            .formatted(process.name(), code, process.last().place()),
        process.last().lines());
  }

  private static FormationException notReady(ProcessRun process, Duration bound, String reason) {
    return new FormationException(
        ExitCode.UNAVAILABLE.number(),
        "%s is not ready after %d s: %s; %s"
            .formatted(process.name(), bound.toSeconds(), reason, process.last().place()),
        process.last().lines());
  }

  /// From now on starts an instance again when it ends by itself.
  void keep(Keeper.Watch watch) {
    instances.forEach(instance -> instance.keptBy(new Keeper(instance, launcher, patience, watch)));
  }

  /// Ends the instances: those who serve, then the others, the workers last; those of one kind side
  /// by side. Each is killed when it takes too long.
  @Override
  public void stop() throws InterruptedException {
    Map<Integer, List<Instance>> inOrder =
        instances.stream()
            .collect(Collectors.groupingBy(Instance::stopsAt, TreeMap::new, Collectors.toList()));
    inOrder.putIfAbsent(SERVERS, List.of());
    for (Map.Entry<Integer, List<Instance>> group : inOrder.entrySet()) {
      List<Thread> stops =
          group.getValue().stream().map(one -> Thread.ofVirtual().start(() -> end(one))).toList();
      for (Thread stop : stops) {
        stop.join(); // bounded by the patience of each
      }
      if (group.getKey() == SERVERS) {
        routers.values().forEach(Router::close);
      }
    }
  }

  private static void end(Instance instance) {
    try {
      instance.stop();
    } catch (InterruptedException | RuntimeException broken) {
      instance.kill();
    }
  }

  @Override
  public void kill() {
    instances.forEach(Instance::kill);
    routers.values().forEach(Router::close);
  }

  /// What the supervisor ends with when a process ended with `code`: a code of sysexits (64 to 78)
  /// is passed on.
  static int passedOn(int code) {
    return code >= 64 && code <= 78 ? code : ExitCode.INTERNAL.number();
  }
}
