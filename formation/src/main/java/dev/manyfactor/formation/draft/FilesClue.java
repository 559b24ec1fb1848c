package dev.manyfactor.formation.draft;

import java.util.Map;
import java.util.Optional;

/// Files with the names that people give to programs, `server.py` or `index.js`, where nothing else
/// says what starts the service.
final class FilesClue implements Clue {
  private static final Map<String, String> COMMANDS =
      Map.of("js", "node ", "mjs", "node ", "py", "python3 ");

  @Override
  public void look(Folder folder, Draft draft) {
    if (draft.hasProcesses()) {
      return;
    }
    folder
        .first("server.py", "main.py", "app.py", "server.js", "server.mjs", "index.js", "app.js")
        .ifPresent(file -> {
          draft.process("web", command(file), true, file);
          beside(folder, "worker", file)
              .ifPresent(worker -> draft.process("worker", command(worker), false, worker));
          beside(folder, "migrate", file)
              .ifPresent(migrate -> {
                draft.task("migrate", command(migrate), migrate);
                draft.release("migrate");
              });
        });
  }

  private static Optional<String> beside(Folder folder, String name, String file) {
    return folder.first(name + file.substring(file.lastIndexOf('.')));
  }

  private static String command(String file) {
    return COMMANDS.get(file.substring(file.lastIndexOf('.') + 1)) + file;
  }
}
