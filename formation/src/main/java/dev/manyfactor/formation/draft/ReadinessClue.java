package dev.manyfactor.formation.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A path such as `/readyz` in the contract or the sources: what says that the service is ready.
final class ReadinessClue implements Clue {
  private static final List<String> PATHS =
      List.of("/readyz", "/ready", "/health/ready", "/healthz", "/health");

  @Override
  public void look(Folder folder, Draft draft) {
    if (draft.processes().values().stream().noneMatch(Draft.Program::serves)) {
      return;
    }
    List<String> files = new ArrayList<>(folder.sources());
    draft.contract().ifPresent(files::addFirst);
    for (String path : PATHS) {
      Optional<String> file =
          files.stream().filter(name -> isIn(folder.text(name), path)).findFirst();
      if (file.isPresent()) {
        draft.readyBy(path);
        draft.infer("readiness " + path, file.get());
        return;
      }
    }
    draft.ask("processes.web.readiness: a path that answers with a success once it can serve");
  }

  private static boolean isIn(String text, String path) {
    return text.contains('"' + path + '"')
        || text.contains("'" + path + "'")
        || text.contains('`' + path + '`')
        || text.contains("\n  " + path + ":");
  }
}
