package dev.manyfactor.chaos.history;

import dev.manyfactor.chaos.history.Reply.Conclusive;
import java.util.List;
import java.util.Optional;

/// One request with everything that came of it, from its first sending to its last repetition.
///
/// @param operation its name
/// @param identity what its effect is called in the database
/// @param key under which it was sent each time; empty where its content is its key
/// @param replies in the order of the sendings
public record Asked(String operation, String identity, Optional<String> key, List<Reply> replies) {
  /// Copies the replies.
  public Asked {
    replies = List.copyOf(replies);
  }

  /// The answers for good, in the order in which they came.
  public List<Conclusive> conclusive() {
    return replies.stream()
        .filter(Conclusive.class::isInstance)
        .map(Conclusive.class::cast)
        .toList();
  }

  /// Whether it was said that it is done.
  public boolean acknowledged() {
    return conclusive().stream().anyMatch(Conclusive::acknowledges);
  }

  /// Whether it was said that it will not be done.
  public boolean refused() {
    return !conclusive().isEmpty() && !acknowledged();
  }

  /// Whether nobody knows to the end.
  public boolean open() {
    return conclusive().isEmpty();
  }

  /// Whether one of its sendings had no answer.
  public boolean wasUnknown() {
    return replies.stream().anyMatch(Reply.Unknown.class::isInstance);
  }
}
