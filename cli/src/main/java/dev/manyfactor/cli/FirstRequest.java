package dev.manyfactor.cli;

import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.draft.ManifestDraft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The request that shows that a service works, where only a `Procfile` speaks for it: it is asked
/// for where somebody can answer, and else assumed to be `GET /`.
///
/// @param terminal where the question is printed
/// @param seat who may answer
record FirstRequest(Terminal terminal, Seat seat) {
  private static final int ATTEMPTS = 3;
  private static final int LONGEST = 2_000;
  private static final Pattern REQUEST = Pattern.compile("(?:GET +)?(/[!-~]{0,1000})");

  /// Samples for a service that cannot declare any; none for one that can.
  ///
  /// @throws FormationException when the folder holds no service, or its manifest is wrong
  List<Manifest.Sample> samplesOf(Path directory) {
    Manifest manifest = Manifest.read(directory);
    boolean serves =
        manifest.programs().processes().stream().anyMatch(type -> type.listens().isPresent());
    if (Files.exists(directory.resolve(Manifest.FILE)) || !serves) {
      return List.of();
    }
    if (!seat.answers() || !seat.watches()) {
      terminal.note(
          "%s has only a Procfile, so `GET /` is taken to show that it works; `mf prove --init` writes a %s that can say more"
              .formatted(manifest.name(), Manifest.FILE));
      return List.of(get("/"));
    }
    List<Manifest.Sample> samples = List.of(get(asked(manifest)));
    if (ask("save that in a %s? [y/N] ".formatted(Manifest.FILE)).matches("(?i)y(es)?")) {
      write(directory, samples);
    }
    return samples;
  }

  /// Writes a manifest with what its files say of a service.
  ///
  /// @return the exit code
  int writeManifest(Path directory) {
    write(directory, List.of());
    return ExitCode.OK.number();
  }

  private void write(Path directory, List<Manifest.Sample> samples) {
    ManifestDraft draft = ManifestDraft.write(directory, samples);
    terminal.note("wrote " + draft.file());
    draft.inferred().forEach(line -> print("+", line));
    if (!draft.missing().isEmpty()) {
      terminal.note("look at these in it; what it says is what is proven:");
      draft.missing().forEach(line -> print("?", line));
    }
  }

  private void print(String mark, String line) {
    terminal.err().println("  " + mark + " " + LogLines.cut(line, LONGEST));
  }

  private String asked(Manifest manifest) {
    String question =
        "%s has only a Procfile; which request shows that it works? [GET /] "
            .formatted(manifest.name());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      String answer = ask(question);
      Matcher request = REQUEST.matcher(answer.isEmpty() ? "/" : answer);
      if (request.matches()) {
        return request.group(1);
      }
      terminal.note(
          "a request is GET and a path, for example `GET /health`; others stand under samples in a "
              + Manifest.FILE);
    }
    throw new FormationException(
        ExitCode.USAGE,
        "no request was given; write a %s with `mf prove --init` and name one under samples"
            .formatted(Manifest.FILE));
  }

  /// One line of an answer; empty if there is none.
  private String ask(String question) {
    terminal.out().flush();
    terminal.err().print("mf: " + question);
    terminal.err().flush();
    StringBuilder line = new StringBuilder();
    try {
      int next = seat.input().read();
      while (next >= 0 && next != '\n' && line.length() < LONGEST) {
        line.append((char) next);
        next = seat.input().read();
      }
    } catch (IOException nobody) {
      return "";
    }
    byte[] bytes = line.toString().getBytes(StandardCharsets.ISO_8859_1);
    return new String(bytes, StandardCharsets.UTF_8).strip();
  }

  private static Manifest.Sample get(String path) {
    return new Manifest.Sample(
        "GET", path, Set.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
