package dev.manyfactor.formation.draft;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// `package.json`: the scripts that start the service, and the version of Node.
final class NodeClue implements Clue {
  private static final String FILE = "package.json";
  private static final String DEFAULT_VERSION = "22";
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)*");

  @Override
  public void look(Folder folder, Draft draft) {
    JsonNode whole = Trees.of(folder.text(FILE));
    if (whole.isObject()) {
      runtime(folder, whole, draft);
      if (!draft.hasProcesses()) {
        processes(folder, whole, draft);
      }
      tasks(whole.path("scripts"), draft);
    }
  }

  private static void runtime(Folder folder, JsonNode whole, Draft draft) {
    Optional<String> asked =
        number(whole.path("engines").path("node").asString(""))
            .or(() -> number(folder.text(".nvmrc")))
            .or(() -> number(folder.text(".node-version")));
    draft.runtime("node", asked.orElse(DEFAULT_VERSION), FILE);
    if (asked.isEmpty()) {
      draft.ask("runtime: which version of Node it runs on");
    }
  }

  private static void processes(Folder folder, JsonNode whole, Draft draft) {
    JsonNode scripts = whole.path("scripts");
    String start = scripts.path("start").asString("");
    if (start.startsWith("node ")) {
      draft.process("web", start, true, FILE);
    } else if (!start.isEmpty()) {
      draft.process("web", "npm start", true, FILE);
      draft.ask(
          "processes.web.command: npm does not hand every signal on; better name what `%s` starts"
              .formatted(start));
    } else {
      Optional.of(whole.path("main").asString(""))
          .filter(main -> !main.isEmpty() && folder.has(main))
          .or(() ->
              folder.first("server.js", "index.js", "app.js", "src/server.js", "src/index.js"))
          .ifPresent(main -> draft.process("web", "node " + main, true, FILE));
    }
    String worker = scripts.path("worker").asString("");
    if (!worker.isEmpty()) {
      draft.process("worker", worker.startsWith("node ") ? worker : "npm run worker", false, FILE);
    }
  }

  private static void tasks(JsonNode scripts, Draft draft) {
    String migrate = scripts.path("migrate").asString("");
    if (!migrate.isEmpty()) {
      draft.task("migrate", migrate.startsWith("node ") ? migrate : "npm run migrate", FILE);
      draft.release("migrate");
    }
  }

  private static Optional<String> number(String text) {
    Matcher number = NUMBER.matcher(text);
    return number.find() ? Optional.of(number.group()) : Optional.empty();
  }
}
