package dev.manyfactor.chaos.sweep;

import dev.manyfactor.formation.Chaos;
import dev.manyfactor.formation.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Some subjects that share a formation, one after the other.
///
/// @param subjects their names
/// @param processes the process types that are needed for them
record Lane(List<String> subjects, Set<String> processes) {
  /// Copies the names.
  Lane {
    subjects = List.copyOf(subjects);
    processes = Set.copyOf(processes);
  }

  /// Distributes subjects. A sample is too small to be worth more than one formation.
  static List<Lane> of(List<String> names, Manifest manifest, SweepSettings settings) {
    int count = settings.choice().sample().isPresent() ? 1 : settings.lanes();
    List<List<String>> lanes = new ArrayList<>();
    for (int number = 0; number < Math.min(count, names.size()); number++) {
      lanes.add(new ArrayList<>());
    }
    int next = 0;
    for (String name : names) {
      lanes.get(next++ % lanes.size()).add(name);
    }
    return lanes.stream()
        .map(subjects -> new Lane(subjects, processes(subjects, manifest)))
        .toList();
  }

  /// Jobs always run, since an operation may wait for one; schedules only where they are a subject:
  /// what they do by themselves disturbs the others.
  private static Set<String> processes(List<String> subjects, Manifest manifest) {
    Chaos chaos = manifest.chaos();
    boolean scheduled =
        chaos.background().stream()
            .anyMatch(one -> one.after().isEmpty() && subjects.contains(one.name()));
    Set<String> processes = new LinkedHashSet<>();
    if (chaos.operations().stream().anyMatch(one -> subjects.contains(one.name()))) {
      processes.add(Backdrop.server(manifest).name());
    }
    chaos.background().stream()
        .filter(one -> scheduled || one.after().isPresent())
        .forEach(one -> processes.add(one.process()));
    return processes;
  }
}
