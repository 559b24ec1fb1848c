package dev.manyfactor.chaos.history;

/// One thing that must not be.
///
/// @param subject the operation, job, schedule or invariant
/// @param detail what was seen, with what it can be looked for by
public record Violation(Kind kind, String subject, String detail) {

  /// What is wrong.
  public enum Kind {
    /// It was said to be done, and is not there.
    LOST("acknowledged, but there is no effect"),
    /// It is there more than once.
    DOUBLED("more than one effect"),
    /// It is there, and nobody asked for it.
    UNASKED("an effect that nobody asked for"),
    /// It was refused, and is there.
    REFUSED_YET_DONE("refused, but there is an effect"),
    /// One key, two answers.
    CHANGED("another answer under the same key"),
    /// Nobody could find out.
    UNRESOLVED("no answer for good, however often it was sent"),
    /// Its cause is there, and it is neither done nor waiting.
    JOB_LOST("its cause took effect, but it is neither done, queued nor given up"),
    /// It is done, and waits to be done again.
    JOB_LEFT_OVER("done, but still queued, running or given up"),
    /// A rule of the service is broken.
    INVARIANT("an invariant does not hold");

    private final String meaning;

    Kind(String meaning) {
      this.meaning = meaning;
    }

    /// In words.
    public String meaning() {
      return meaning;
    }
  }

  @Override
  public String toString() {
    return "%s: %s: %s".formatted(subject, kind.meaning(), detail);
  }
}
