package dev.manyfactor.service;

import dev.manyfactor.config.ConfigurationException;
import dev.manyfactor.config.EffectiveValue;
import dev.manyfactor.config.Environment;
import dev.manyfactor.web.CannotListenException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// Carries out one command of an artifact and says with which code the process is to end.
final class Launch {
  private final Composition composition;
  private final Environment environment;
  private final Terminal terminal;

  Launch(Composition composition, Environment environment, Terminal terminal) {
    this.composition = composition;
    this.environment = environment;
    this.terminal = terminal;
  }

  ExitCode run(List<String> arguments) {
    try {
      ExitCode code = carryOut(Command.parse(arguments, composition.tasks().keySet()));
      return terminal.out().checkError()
          ? terminal.complain(
              ExitCode.CANNOT_WRITE, "standard output took less than was to be written to it")
          : code;
    } catch (UsageException wrong) {
      return complain(ExitCode.USAGE, wrong);
    } catch (ConfigurationException | StartRefusedException | CannotListenException wrong) {
      return complain(ExitCode.CONFIG, wrong);
    } catch (RuntimeException | Error bug) {
      return terminal.reportBug(composition.name() + ' ' + String.join(" ", arguments), bug);
    }
  }

  private ExitCode carryOut(Command command) {
    return switch (command) {
      case Command.Usage() -> print(Usage.of(composition));
      case Command.Serve(var type) -> serve(type);
      case Command.Migrate(var statusOnly) -> {
        composition.configuration().bind(environment);
        yield new Migrate(composition, terminal).run(statusOnly);
      }
      case Command.RunTask(var task, var tenant, var options) -> {
        NamedTask<?> named = Objects.requireNonNull(composition.tasks().get(task));
        NamedTask.Ready ready = named.read(options);
        composition.configuration().bind(environment);
        yield new TaskProcess(composition, terminal, task, tenant).run(ready);
      }
      case Command.ShowConfig(var schema) ->
          schema ? print(composition.configuration().schema()) : config();
      case Command.ShowOpenApi() -> openApi();
      case Command.ShowInfo(var json) -> {
        var info = ServiceInfo.of(composition);
        yield print(json ? info.json() : info.text());
      }
      case Command.Jobs(var asked) -> jobs(asked);
      case Command.Rehearse() -> new Rehearsal(composition).run();
    };
  }

  private ExitCode jobs(JobsArguments.Parsed asked) {
    if (asked.request() instanceof JobsRequest.Help) {
      return print(JobsHelp.of(composition.name()));
    }
    composition.configuration().bind(environment);
    return new JobsProcess(composition, terminal).run(asked);
  }

  /// Serves until the process is told to stop. The shutdown hook ends the process itself, because a
  /// JVM that is ended by a signal would otherwise report the signal, not that all went well. A
  /// process that did not start keeps the exit code that says so.
  private ExitCode serve(ProcessType type) {
    if (!composition.processTypes().contains(type)) {
      throw new UsageException(
          List.of(composition.name() + " has nothing for a process " + type.word() + " to do"));
    }
    composition.configuration().bind(environment);
    RunningService running = RunningService.start(composition, type);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  running.stop();
                  if (!running.hasFailedToStart()) {
                    Runtime.getRuntime().halt(ExitCode.OK.value());
                  }
                }));
    running.awaitEnd();
    return ExitCode.OK;
  }

  private ExitCode config() {
    composition.configuration().bind(environment);
    for (EffectiveValue value : composition.configuration().effective()) {
      String source = value.source().name().toLowerCase(Locale.ROOT);
      terminal
          .out()
          .printf(
              "%-32s %-40s %s%n",
              value.variable(),
              value.value(),
              source + value.formerName().map(", by the deprecated "::concat).orElse(""));
    }
    composition.configuration().warnings().forEach(terminal.err()::println);
    return ExitCode.OK;
  }

  private ExitCode openApi() {
    String resource =
        composition
            .declaredRoutes()
            .orElseThrow(() -> new UsageException(List.of(composition.name() + " has no contract")))
            .contractResource();
    try (InputStream in = composition.loader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the artifact has no " + resource);
      }
      in.transferTo(terminal.out());
      return ExitCode.OK;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private ExitCode print(String text) {
    terminal.out().print(text.endsWith("\n") ? text : text + '\n');
    return ExitCode.OK;
  }

  private ExitCode complain(ExitCode code, RuntimeException wrong) {
    return terminal.complain(code, String.valueOf(wrong.getMessage()));
  }
}
