package dev.manyfactor.formation.draft;

import java.util.Map;
import java.util.Optional;

/// The program that a process starts with, where no file says the language.
final class ProgramClue implements Clue {
  private static final Map<String, String> RUNTIMES =
      Map.ofEntries(
          Map.entry("node", "node 22"),
          Map.entry("npm", "node 22"),
          Map.entry("npx", "node 22"),
          Map.entry("python", "python 3.13"),
          Map.entry("python3", "python 3.13"),
          Map.entry("gunicorn", "python 3.13"),
          Map.entry("uvicorn", "python 3.13"),
          Map.entry("java", "java 25"),
          Map.entry("ruby", "ruby 3.4"),
          Map.entry("bundle", "ruby 3.4"),
          Map.entry("php", "php 8.4"),
          Map.entry("deno", "deno 2"),
          Map.entry("bun", "bun 1"));

  @Override
  public void look(Folder folder, Draft draft) {
    if (draft.runtime().isPresent() || !draft.hasProcesses()) {
      return;
    }
    String command = draft.processes().values().iterator().next().command();
    String program = command.replaceFirst("^exec\\s+", "").split("\\s+", 2)[0];
    String runtime = Optional.ofNullable(RUNTIMES.get(program)).orElse("program 1");
    String[] parts = runtime.split(" ", 2);
    draft.runtime(parts[0], parts[1], "`%s`".formatted(command));
    draft.ask("runtime: which language and version it runs on");
  }
}
