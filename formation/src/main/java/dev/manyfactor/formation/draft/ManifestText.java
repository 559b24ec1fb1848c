package dev.manyfactor.formation.draft;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// A draft as a commented `manyfactor.yaml`.
final class ManifestText {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z_./][A-Za-z0-9_./=+,$@%-]*( [A-Za-z0-9_./=+,$@%-]+)*");
  private static final Set<String> NOT_TEXT =
      Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

  private final Draft draft;
  private final StringBuilder text = new StringBuilder();

  ManifestText(Draft draft) {
    this.draft = draft;
  }

  String of(String name) {
    line("# What mf needs to know of this service. Every statement here is tried by `mf prove`.");
    line("name: " + name);
    line("runtime: " + quoted(draft.runtime().orElse("program 1")));
    line("# owner: {team: shop, on_call: someone@example.com}");
    draft.made().ifPresent(this::build);
    processes();
    tasks();
    draft.contract().ifPresent(file -> line("contract: " + quoted(file)));
    dependencies();
    variables();
    line("# What it promises of its time: until it is ready, until it has answered whatever its");
    line(
        "# dependencies do, from SIGTERM to its end, from a dependency's return until it is well.");
    line("# deadlines: {ready: 10s, response: 10s, stop: 30s, recovery: 30s}");
    line("# Where the running service names the commit that it was built from.");
    line("# info: /info");
    samples();
    return text.toString();
  }

  private void build(Draft.Made made) {
    line("build:");
    line("  command: " + quoted(made.command()));
    line("  artifact: " + quoted(made.artifact()));
  }

  private void processes() {
    line("processes:");
    int serving = 0;
    for (Map.Entry<String, Draft.Program> entry : draft.processes().entrySet()) {
      Draft.Program program = entry.getValue();
      line("  " + entry.getKey() + ":");
      line("    command: " + quoted(program.command()));
      if (program.serves()) {
        line(
            "    port: %d # its own variable PORT says which, when mf starts it"
                .formatted(draft.port(serving)));
        serving++;
      }
      line("    readiness: " + program.readiness());
    }
  }

  private void tasks() {
    if (!draft.tasks().isEmpty()) {
      line("tasks:");
      draft.tasks().forEach((name, command) -> line("  %s: %s".formatted(name, quoted(command))));
    }
    draft.release().ifPresent(task -> line("release: " + task + " # runs before the processes"));
  }

  private void dependencies() {
    if (draft.needs().isEmpty()) {
      line("# dependencies:");
      line("#   - {name: database, kind: postgres, version: 18, variable: DATABASE_URL}");
      return;
    }
    line("dependencies:");
    for (Draft.Need need : draft.needs()) {
      line("  - name: " + need.name());
      line("    kind: " + need.kind());
      if (need.kind().equals("postgres")) {
        line("    version: 18");
        line("    variable: " + need.variable());
      }
    }
  }

  private void variables() {
    if (draft.variables().isEmpty()) {
      line("# What it reads from its environment; it is started with these and nothing else.");
      line("# variables:");
      line("#   API_KEY: {secret: true}");
      line("#   RETRIES: {type: number, required: false, example: 3}");
      return;
    }
    line("variables: # it is started with these and nothing else");
    draft
        .variables()
        .forEach((name, setting) -> {
          line("  " + name + ":");
          line("    type: " + setting.type());
          line("    required: " + setting.required());
          if (setting.secret()) {
            line("    secret: true");
          }
          setting
              .example()
              .map(ManifestText::string)
              .ifPresent(value -> line("    example: " + value));
        });
  }

  private void samples() {
    if (draft.requests().isEmpty()) {
      line("# Requests that it answers with a success: one that makes something, one that reads.");
      line("# samples:");
      line("#   - request: POST /v1/things");
      line("#     body: {name: \"thing-{unique}\"}");
      line("#     read: /v1/things/{id}");
      line("#   - request: GET /v1/things");
      return;
    }
    line("samples: # requests that it answers with a success");
    for (Draft.Request request : draft.requests()) {
      line("  - request: " + quoted(request.request()));
      if (!request.scope().isEmpty()) {
        line("    scope: " + quoted(request.scope()));
      }
      request.body().ifPresent(body -> line("    body: " + body)); // JSON is YAML, too
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private static String quoted(String value) {
    return PLAIN.matcher(value).matches() && !NOT_TEXT.contains(value) ? value : string(value);
  }

  private static String string(String value) {
    return Optional.of(value).map(JsonMapper.shared()::writeValueAsString).orElseThrow();
  }
}
