package dev.manyfactor.chaos.history;

/// What became of one sending of a request.
public sealed interface Reply {

  /// An answer for good: sent again under its key, the request has to get the same.
  ///
  /// @param body the bytes that came, as text
  record Conclusive(int status, String body) implements Reply {
    /// Whether the service says that it has done what was asked.
    public boolean acknowledges() {
      return status >= 200 && status < 300;
    }

    /// In a few words, for a report.
    @Override
    public String toString() {
      return status + " " + (body.length() > 200 ? body.substring(0, 200) + "…" : body);
    }
  }

  /// An answer that asks for patience: it says nothing of an effect.
  record Later(int status) implements Reply {}

  /// No answer: there may be an effect or none.
  ///
  /// @param why what the connection did instead
  record Unknown(String why) implements Reply {}
}
