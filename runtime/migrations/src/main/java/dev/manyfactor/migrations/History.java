package dev.manyfactor.migrations;

import dev.manyfactor.context.Release;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files of a release beside what a database remembers.
final class History {
  private final List<MigrationFile> files;
  private final Map<String, Ledger.Applied> applied = new HashMap<>();

  private History(List<MigrationFile> files, List<Ledger.Applied> applied) {
    this.files = files;
    applied.forEach(entry -> this.applied.put(key(entry.set(), entry.number()), entry));
  }

  /// What the database that a connection leads to remembers; nothing if it was never migrated.
  static History of(List<MigrationFile> files, Ledger ledger) throws SQLException {
    return new History(files, ledger.exists() ? ledger.applied() : List.of());
  }

  List<MigrationFile> pending() {
    return files.stream().filter(file -> entry(file).isEmpty()).toList();
  }

  Status status() {
    return new Status(
        files.stream()
            .map(file ->
                new Status.Entry(
                    file.set(),
                    file.name(),
                    entry(file).map(Ledger.Applied::at),
                    entry(file).map(Ledger.Applied::release)))
            .toList());
  }

  /// Files that are not what was applied under their number, and files that come too late.
  List<String> problems() {
    var problems = new ArrayList<String>();
    for (MigrationFile file : files) {
      Optional<Ledger.Applied> entry = entry(file);
      if (entry.isPresent()) {
        contradiction(file, entry.get()).ifPresent(problems::add);
      } else if (hasLater(file)) {
        problems.add(
            file.title()
                + " was never applied, but a later file of its set was; give it the next number");
      }
    }
    return problems;
  }

  private static Optional<String> contradiction(MigrationFile file, Ledger.Applied entry) {
    if (!entry.name().equals(file.name())) {
      return Optional.of(
          file.title()
              + " was applied under the name "
              + entry.name()
              + "; give the file its old name, and what is new the next number");
    }
    if (!entry.checksum().equals(file.checksum())) {
      return Optional.of(
          file.title()
              + " was changed after release "
              + entry.release()
              + " applied it on "
              + entry.at()
              + "; restore its text, and put the change into a new file");
    }
    return Optional.empty();
  }

  /// How far every set that is behind has come: `service is at 3 of 5`.
  String progress() {
    var sets = new java.util.LinkedHashMap<String, int[]>();
    for (MigrationFile file : files) {
      int[] counts = sets.computeIfAbsent(file.set(), _ -> new int[2]);
      counts[0] += entry(file).isPresent() ? 1 : 0;
      counts[1]++;
    }
    var behind = new ArrayList<String>();
    sets.forEach((set, counts) -> {
      if (counts[0] < counts[1]) {
        behind.add(set + " is at " + counts[0] + " of " + counts[1]);
      }
    });
    return String.join(", ", behind);
  }

  static String foreign(Ledger.Stamp stamp, Release release) {
    return "the database belongs to service "
        + stamp.service()
        + " in deployment "
        + stamp.deployment()
        + ", but this is "
        + release.service()
        + " in "
        + release.deployment()
        + "; check DATABASE_URL and DEPLOYMENT";
  }

  private boolean hasLater(MigrationFile file) {
    return applied.values().stream()
        .anyMatch(entry -> entry.set().equals(file.set()) && entry.number() > file.number());
  }

  private Optional<Ledger.Applied> entry(MigrationFile file) {
    return Optional.ofNullable(applied.get(key(file.set(), file.number())));
  }

  private static String key(String set, int number) {
    return set + '/' + number;
  }
}
