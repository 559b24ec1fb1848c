package dev.manyfactor.cli;

import dev.manyfactor.formation.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Shows what happens in a formation.
///
/// While it starts, one line per step; the lines of processes are kept back until all is ready, or
/// a wait becomes long, so that the table can be read. Then every line of every process with its
/// name in front. Safe on many threads.
final class Screen implements Consumer<Event> {
  private static final Duration LONG_WAIT = Duration.ofSeconds(5);
  private static final Duration BUILD_REPORT = Duration.ofSeconds(10);
  private static final int KEPT_LINES = 5_000;
  private static final int WIDTH = 100;
  private static final String ERASE = "\r\u001b[K";

  private final Terminal terminal;
  private final LogLines logLines;
  private final Summary summary;
  private final List<Event.Logged> keptBack = new ArrayList<>();
  private final Map<String, Colour> colours = new LinkedHashMap<>();
  private final List<Event.Provided> provided = new ArrayList<>();
  private boolean keepsBack = true;
  private boolean progressShown;
  private Duration buildReported = Duration.ZERO;
  private int nameWidth;

  Screen(Terminal terminal, Summary summary) {
    this.terminal = terminal;
    this.logLines = new LogLines(terminal);
    this.summary = summary;
  }

  @Override
  public synchronized void accept(Event event) {
    switch (event) {
      case Event.Building building -> building(building);
      case Event.BuildOutput output -> progress(output);
      case Event.Built(var service, var elapsed) ->
          step("%s: built in %s".formatted(service, seconds(elapsed)));
      case Event.Provided thing -> {
        provided.add(thing);
        step("%s: %s".formatted(thing.what(), thing.detail()));
      }
      case Event.Noted(var service, var note) -> step("%s: %s".formatted(service, note));
      case Event.Releasing(var service, var task) ->
          nameWidth = Math.max(nameWidth, (service + "." + task).length());
      case Event.Released(var service, var task, var elapsed) ->
          step("%s: %s done in %s".formatted(service, task, seconds(elapsed)));
      case Event.Routing(var processes, var address, var instances) ->
          step(
              "%s: %d instances behind the router on %s"
                  .formatted(processes, instances, Summary.shown(address)));
      case Event.Started(var process) -> nameWidth = Math.max(nameWidth, process.length());
      case Event.Awaiting awaiting -> awaiting(awaiting);
      case Event.BecameReady(var process, var elapsed) ->
          step("%s: ready after %s".formatted(process, seconds(elapsed)));
      case Event.BecameUnready(var process, var reason) ->
          warning("%s: not ready any more, so it gets no requests: %s".formatted(process, reason));
      case Event.ReadyAgain(var process) -> step("%s: ready again".formatted(process));
      case Event.Ended(var process, var code, var startsIn, var attempt) ->
          warning(
              "%s ended with exit code %d; started again in %s (attempt %d)"
                  .formatted(process, code, seconds(startsIn), attempt));
      case Event.Logged logged -> log(logged);
      case Event.Running running -> {
        clearProgress();
        terminal.out().println(summary.of(running, provided));
        release();
      }
      case Event.Stopping() -> step("stopping; Ctrl-C ends everything at once");
      case Event.Stopped(var what, var byItself) ->
          step(what + (byItself ? ": stopped" : ": did not stop in time and was killed"));
    }
    terminal.out().flush();
  }

  private void building(Event.Building building) {
    buildReported = Duration.ZERO;
    step("%s: building: %s".formatted(building.service(), building.command()));
    step("%s: its output goes to %s".formatted(building.service(), building.log()));
  }

  private void progress(Event.BuildOutput output) {
    String line = output.line().replace("[INFO]", "").strip();
    boolean telling = line.codePoints().anyMatch(Character::isLetter);
    Duration elapsed = output.elapsed();
    if (telling && terminal.attended()) {
      changing("%4d s  %s".formatted(elapsed.toSeconds(), line));
    } else if (telling && elapsed.minus(buildReported).compareTo(BUILD_REPORT) >= 0) {
      buildReported = elapsed;
      step("%s: still building after %s: %s".formatted(output.service(), seconds(elapsed), line));
    }
  }

  private void awaiting(Event.Awaiting awaiting) {
    Duration elapsed = awaiting.elapsed();
    String text =
        "%s: not ready after %s: %s"
            .formatted(awaiting.process(), seconds(elapsed), awaiting.reason());
    boolean isLong = elapsed.compareTo(LONG_WAIT) >= 0;
    if (terminal.attended() && !isLong) {
      changing(text);
    } else if (isLong && elapsed.toSeconds() % LONG_WAIT.toSeconds() == 0) {
      step(text);
      release(); // what it says meanwhile may tell why
    }
  }

  /// A line that the next one replaces; only for terminals.
  private void changing(String text) {
    terminal.out().print(ERASE + "     " + text.substring(0, Math.min(WIDTH, text.length())));
    progressShown = true;
  }

  private void step(String text) {
    clearProgress();
    terminal.out().println(terminal.coloured(Colour.BOLD, "mf: ") + text);
  }

  private void warning(String text) {
    step(terminal.coloured(Colour.YELLOW, text));
  }

  private void clearProgress() {
    if (progressShown) {
      terminal.out().print(ERASE);
      progressShown = false;
    }
  }

  private void log(Event.Logged logged) {
    if (keepsBack && keptBack.size() < KEPT_LINES) {
      keptBack.add(logged);
    } else {
      release();
      print(logged);
    }
  }

  private void release() {
    keepsBack = false;
    keptBack.forEach(this::print);
    keptBack.clear();
  }

  private void print(Event.Logged logged) {
    Colour colour =
        colours.computeIfAbsent(logged.process(), _ -> Colour.ofProcess(colours.size()));
    String name = ("%-" + Math.max(1, nameWidth) + "s | ").formatted(logged.process());
    String prefix = terminal.coloured(colour, name);
    logLines.rendered(logged.line()).lines().forEach(line -> terminal.out().println(prefix + line));
  }

  static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1000.0);
  }
}
