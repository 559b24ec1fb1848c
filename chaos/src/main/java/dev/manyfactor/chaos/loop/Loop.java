package dev.manyfactor.chaos.loop;

import dev.manyfactor.chaos.contact.Look;
import dev.manyfactor.chaos.contact.Post;
import dev.manyfactor.chaos.contact.Tokens;
import dev.manyfactor.chaos.history.Checker;
import dev.manyfactor.chaos.history.Found;
import dev.manyfactor.chaos.history.History;
import dev.manyfactor.chaos.history.History.Broken;
import dev.manyfactor.formation.Commit;
import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.Surroundings;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The kill loop: starts a service with everything it needs, lets clients work while things break,
/// repairs everything, waits for rest, asks for every answer once more, and checks what is in the
/// databases against what the clients were told.
///
/// [#run()] does all that in the calling thread; [#stop()] may be called from any thread, and ends
/// the breaking early: all the rest is done as ever. A loop runs once.
public final class Loop {
  private static final Duration PATIENCE = Duration.ofSeconds(4); // who hangs asks somebody else
  private static final Duration WARM_UP = Duration.ofSeconds(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration FINISH = Duration.ofSeconds(90);

  private final LoopSettings settings;
  private final Surroundings surroundings;
  private final Path scratch;
  private final Consumer<LoopProgress> progress;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Queue<Ground> ground = new ConcurrentLinkedQueue<>(); // one, once it stands
  private final Diary diary = new Diary();
  private final Strikes strikes;
  private String commit = "unknown";
  private volatile boolean standing;

  /// Prepares a loop; nothing happens before [#run()].
  ///
  /// @param scratch an empty folder of its own, which the caller removes
  public Loop(
      LoopSettings settings,
      Surroundings surroundings,
      Path scratch,
      Consumer<LoopProgress> progress) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.scratch = scratch;
    this.progress = progress;
    this.strikes = new Strikes(surroundings.nanos());
  }

  /// What is left to chance.
  record Chance(long seed, InstantSource clock) {}

  /// Makes the loop; everything it has started is gone when it returns.
  ///
  /// @throws FormationException when the service cannot be started, or its manifest does not say
  ///   what to send
  public LoopReport run() throws InterruptedException {
    requireOperations(Manifest.read(settings.directory()));
    commit = Commit.head(settings.directory()).orElse("unknown"); // before somebody makes another
    try (Ground prepared =
            Ground.of(
                settings,
                surroundings,
                scratch,
                what -> progress.accept(new LoopProgress.Preparing(what)));
        HttpClient http = Post.client()) {
      ground.add(prepared);
      prepared.start();
      standing = true;
      return broken(prepared, http);
    }
  }

  /// Ends every process at once; there will be no report.
  public void kill() {
    ground.forEach(Ground::kill);
  }

  /// Ends the breaking; [#run()] goes on with the repair and returns its report. While nothing
  /// stands yet, it is called off, and [#run()] fails.
  public void stop() {
    stop.countDown();
    if (!standing) {
      ground.forEach(Ground::callOff);
    }
  }

  /// Whether it was ended before anything stood that could be broken.
  public boolean calledOff() {
    return stop.getCount() == 0 && !standing;
  }

  private static void requireOperations(Manifest manifest) {
    if (manifest.chaos().operations().isEmpty()) {
      throw new FormationException(
          ExitCode.CONFIG,
          "%s does not say what to send and where its effects are found; add `chaos:` with at least one operation, as docs/reference/manifest.md has it"
              .formatted(manifest.directory().resolve(Manifest.FILE)));
    }
  }

  private LoopReport broken(Ground ground, HttpClient http) throws InterruptedException {
    Client.Setting setting =
        new Client.Setting(
            new Post(http, new Tokens(http, ground.state(), surroundings.nanos()), PATIENCE),
            ground.addresses(),
            diary,
            strikes,
            surroundings.nanos(),
            settings.load().pause());
    Crowd crowd =
        new Crowd(
            ground,
            setting,
            new Chance(settings.seed(), surroundings.clock()),
            settings.load().clients());
    try {
      crowd.start();
      Duration broke = breakThings(ground);
      List<Broken> unfinished = comeToRest(ground, crowd);
      return report(ground, unfinished, broke);
    } finally {
      crowd.leave();
    }
  }

  /// Both lanes of the plan, until the time is over.
  private Duration breakThings(Ground ground) throws InterruptedException {
    var _ = stop.await(WARM_UP.toMillis(), TimeUnit.MILLISECONDS);
    Plan plan = Plan.of(settings.seed(), ground.targets(), settings.length(), settings.pace());
    Runnable changed = () -> progress.accept(new LoopProgress.Breaking(strikes.broken()));
    Breaker breaker = new Breaker(ground, strikes, changed);
    long start = surroundings.nanos().getAsLong();
    strikes.begin();
    Lanes lanes = Lanes.start(breaker, plan);
    Duration elapsed = Duration.ZERO;
    while (elapsed.compareTo(settings.length()) < 0 && stop.getCount() > 0 && lanes.areWell()) {
      ground.requireRunning();
      Duration left = settings.length().minus(elapsed);
      progress.accept(new LoopProgress.Standing(left, diary.figures(), strikes.count()));
      Duration wait = left.compareTo(SECOND) < 0 ? left : SECOND;
      var _ = stop.await(wait.toMillis() + 1, TimeUnit.MILLISECONDS);
      elapsed = Duration.ofNanos(surroundings.nanos().getAsLong() - start);
    }
    progress.accept(new LoopProgress.Preparing("repairing what is broken"));
    lanes.end();
    ground.heal();
    return elapsed;
  }

  /// Everything that was begun comes to its end, and then every answer once more.
  ///
  /// @return what did not
  private List<Broken> comeToRest(Ground ground, Crowd crowd) throws InterruptedException {
    List<Broken> unfinished = new ArrayList<>();
    Rest rest = new Rest(ground, surroundings.nanos());
    progress.accept(new LoopProgress.Preparing("waiting for the last answers"));
    boolean _ = crowd.finish(FINISH); // what has no answer is a violation of its own
    progress.accept(new LoopProgress.Preparing("waiting for rest"));
    rest.await().ifPresent(unfinished::add);
    progress.accept(new LoopProgress.Preparing("asking for every answer once more"));
    if (!crowd.askAgain(FINISH)) {
      unfinished.add(
          new Broken(
              "every answer can be had again", List.of("it took longer than " + words(FINISH))));
    }
    rest.await().ifPresent(unfinished::add);
    crowd
        .failure()
        .ifPresent(failure -> {
          throw new IllegalStateException("a client could not go on", failure);
        });
    return unfinished;
  }

  private LoopReport report(Ground ground, List<Broken> unfinished, Duration broke) {
    progress.accept(new LoopProgress.Preparing("comparing what is there with what was said"));
    try (Look look = new Look(ground.manifest(), ground.server())) {
      List<Found> found = look.found();
      List<Broken> all = new ArrayList<>(unfinished);
      all.addAll(look.broken());
      History history = new History(diary.asked(), found, all);
      return new LoopReport(
          new LoopReport.Run(
              ground.manifest().name(),
              commit,
              settings.seed(),
              settings.length(),
              broke,
              stop.getCount() == 0),
          diary.figures(),
          strikes.all(),
          LoopReport.works(found),
          Checker.check(history));
    }
  }

  private static String words(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
