package dev.manyfactor.service;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a process started from the artifact does for as long as it runs.
public enum ProcessType {
  WEB("answers requests"),
  WORKER("runs jobs"),
  SCHEDULER("starts what is due at an instant"),
  ALL("does all of these in one process, for a small deployment");

  private final String summary;

  ProcessType(String summary) {
    this.summary = summary;
  }

  /// The argument that starts it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String summary() {
    return summary;
  }

  boolean includes(ProcessType type) {
    return this == ALL || this == type;
  }

  static Optional<ProcessType> named(String word) {
    return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
  }
}
