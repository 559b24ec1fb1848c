package dev.manyfactor.formation.draft;

import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.ProcessType;
import java.util.Locale;

/// `Procfile`: the process types and the release step, as `mf up` reads them.
final class ProcfileClue implements Clue {
  private static final String FILE = "Procfile";

  @Override
  public void look(Folder folder, Draft draft) {
    if (!folder.has(FILE)) {
      return;
    }
    Manifest read = Manifest.read(folder.root());
    for (ProcessType type : read.programs().processes()) {
      draft.process(name(type.name()), type.command().line(), type.listens().isPresent(), FILE);
    }
    read.programs().tasks().forEach((name, command) -> draft.task(name, command.line(), FILE));
    read.programs().release().ifPresent(draft::release);
  }

  /// In the letters of a manifest.
  private static String name(String type) {
    String name = type.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return name.replaceFirst("^[^a-z]+", "p-").replaceFirst("-$", "");
  }
}
