package dev.manyfactor.service;

import dev.manyfactor.config.Environment;
import dev.manyfactor.config.Variable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A start without anything that the service depends on: it opens free ports of this machine,
/// answers its probes, unready, and stops. The JVM has then loaded most of what a process needs,
/// for an archive of classes.
///
/// The environment is made up: each required variable has its example, each address in one is a
/// port of this machine where nobody listens. So a rehearsal reaches nothing, and tells nothing of
/// the environment it runs in.
record Rehearsal(Composition composition) {
  private static final Pattern ADDRESS = Pattern.compile("(\\w+)://(?:([^/@,]*)@)?[^/,]+");
  private static final String NOWHERE = "127.0.0.1:1";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// As long as a process looks for its dependencies.
  private static final Duration LOOK = Duration.ofSeconds(1);

  ExitCode run() {
    composition.configuration().bind(madeUp(composition.configuration().variables()));
    try (RunningService running = RunningService.start(composition, ProcessType.ALL);
        HttpClient client = HttpClient.newHttpClient()) {
      List.of("/livez", "/metrics", "/info")
          .forEach(path -> ask(client, running.managementPort(), path));
      if (running.hasApi()) {
        ask(client, running.port(), "/");
      }
      awaitLook(running);
      ask(client, running.managementPort(), "/readyz");
    }
    return ExitCode.OK;
  }

  static Environment madeUp(List<Variable> variables) {
    Map<String, String> values = new HashMap<>();
    variables.stream()
        .filter(Variable::required)
        .forEach(variable -> values.put(variable.name(), value(variable)));
    values.put("HOST", "127.0.0.1");
    values.put("PORT", "0");
    values.put("MANAGEMENT_PORT", "0");
    values.put("DRAIN_DELAY", "0s");
    return Environment.of(values);
  }

  private static String value(Variable variable) {
    return variable.example().isEmpty()
        ? "rehearsal"
        : ADDRESS
            .matcher(variable.example())
            .replaceAll(address ->
                address.group(1).replace("https", "http")
                    + "://"
                    + (address.group(2) == null ? "" : address.group(2) + "@")
                    + NOWHERE);
  }

  private static void ask(HttpClient client, int port, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(PATIENCE)
            .build();
    try {
      client.send(request, BodyHandlers.discarding());
    } catch (IOException unanswered) {
      Log.LOG.warn("{} was not answered: {}", path, unanswered.toString());
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitLook(RunningService running) {
    try {
      running.awaitReady(LOOK);
    } catch (IllegalStateException unready) {
      Log.LOG.info("rehearsed: {}", unready.getMessage());
    }
  }
}
