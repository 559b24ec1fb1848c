package dev.manyfactor.chaos.sweep;

import dev.manyfactor.chaos.contact.Post;
import dev.manyfactor.chaos.history.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One letter, sent again and again, and everything that was answered. Safe on many threads.
final class Conversation {
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration SENDING = Duration.ofSeconds(10); // the most that one sending takes

  private final Post post;
  private final Post.Letter letter;
  private final List<Reply> replies = new ArrayList<>();

  Conversation(Post post, Post.Letter letter) {
    this.post = post;
    this.letter = letter;
  }

  /// Sends it once.
  Reply send(URI address) throws InterruptedException {
    Reply reply = post.send(letter, address);
    synchronized (replies) {
      replies.add(reply);
    }
    return reply;
  }

  /// Sends it until somebody says something for good.
  Optional<Reply.Conclusive> untilConclusive(URI address, Duration bound)
      throws InterruptedException {
    for (Duration waited = Duration.ZERO; waited.compareTo(bound) < 0; ) {
      switch (send(address)) {
        case Reply.Conclusive answer -> {
          return Optional.of(answer);
        }
        case Reply.Later _ -> waited = waited.plus(PAUSE.multipliedBy(4)); // with the answering
        case Reply.Unknown _ -> waited = waited.plus(SENDING.dividedBy(10));
      }
      Thread.sleep(PAUSE);
    }
    return Optional.empty();
  }

  List<Reply> replies() {
    synchronized (replies) {
      return List.copyOf(replies);
    }
  }

  /// What is wrong with the answers by themselves.
  ///
  /// @param keyed whether all of them must be the same
  List<String> problems(boolean keyed) {
    List<Reply.Conclusive> conclusive =
        replies().stream()
            .filter(Reply.Conclusive.class::isInstance)
            .map(Reply.Conclusive.class::cast)
            .toList();
    if (conclusive.isEmpty()) {
      return List.of("no answer for good, however often it was asked: " + replies().getLast());
    }
    List<String> problems = new ArrayList<>();
    Reply.Conclusive first = conclusive.getFirst();
    if (keyed) {
      conclusive.stream()
          .filter(other -> !other.equals(first))
          .findFirst()
          .ifPresent(other ->
              problems.add("one key has two answers: first %s, then %s".formatted(first, other)));
    }
    if (!first.acknowledges()) {
      problems.add("a request that is right was refused: " + first);
    }
    return problems;
  }
}
