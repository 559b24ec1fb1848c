package dev.manyfactor.formation.draft;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `go.mod`: a program to be built.
final class GoClue implements Clue {
  private static final String FILE = "go.mod";
  private static final Pattern VERSION = Pattern.compile("(?m)^go ([0-9]+(\\.[0-9]+)*)");

  @Override
  public void look(Folder folder, Draft draft) {
    if (!folder.has(FILE)) {
      return;
    }
    Matcher version = VERSION.matcher(folder.text(FILE));
    draft.runtime("go", version.find() ? version.group(1) : "1", FILE);
    if (!draft.hasProcesses()) {
      mainPackage(folder)
          .ifPresent(main -> {
            draft.made("go build -o bin/web " + main, "bin/web", FILE);
            draft.process("web", "bin/web", true, FILE);
          });
    }
  }

  private static Optional<String> mainPackage(Folder folder) {
    return folder.files(name -> name.endsWith(".go") && !name.endsWith("_test.go")).stream()
        .filter(name -> folder.text(name).matches("(?s).*(?<![^\\n])package main\\b.*"))
        .map(name -> name.contains("/") ? "./" + name.substring(0, name.lastIndexOf('/')) : ".")
        .findFirst();
  }
}
