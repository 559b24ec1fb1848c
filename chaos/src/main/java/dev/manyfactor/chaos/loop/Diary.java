package dev.manyfactor.chaos.loop;

import dev.manyfactor.chaos.contact.Post;
import dev.manyfactor.chaos.history.Asked;
import dev.manyfactor.chaos.history.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/// What clients have asked for and got, and the figures of it. Safe on many threads.
final class Diary {
  private final ConcurrentLinkedQueue<Page> pages = new ConcurrentLinkedQueue<>();
  private final LongAdder sent = new LongAdder();
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private final LongAdder later = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder asked = new LongAdder();

  /// One request with its replies so far; written by one thread.
  static final class Page {
    private final String identity;
    private final Post.Letter letter;
    private final String operation;
    private final List<Reply> replies = new ArrayList<>();

    Page(Wish wish, Post.Letter letter) {
      this.operation = wish.operation().name();
      this.identity = wish.identity();
      this.letter = letter;
    }

    Post.Letter letter() {
      return letter;
    }

    synchronized Asked asked() {
      return new Asked(operation, identity, letter.key(), replies);
    }

    private synchronized int add(Reply reply) {
      replies.add(reply);
      return replies.size();
    }
  }

  /// A new request, before it is sent.
  Page open(Wish wish, Post.Letter letter) {
    Page page = new Page(wish, letter);
    pages.add(page);
    asked.increment();
    return page;
  }

  /// A reply to a request that had no answer for good.
  void note(Page page, Reply reply) {
    sent.increment();
    if (page.add(reply) == 2) {
      retried.increment();
    }
    switch (reply) {
      case Reply.Conclusive answer -> (answer.acknowledges() ? acknowledged : refused).increment();
      case Reply.Later _ -> later.increment();
      case Reply.Unknown _ -> unknown.increment();
    }
  }

  /// A reply to a repetition of a request that had its answer.
  void noteAgain(Page page, Reply reply) {
    sent.increment();
    repeated.increment();
    page.add(reply);
    switch (reply) {
      case Reply.Conclusive _ -> {}
      case Reply.Later _ -> later.increment();
      case Reply.Unknown _ -> unknown.increment();
    }
  }

  Figures figures() {
    return new Figures(
        asked.sum(),
        sent.sum(),
        acknowledged.sum(),
        refused.sum(),
        retried.sum(),
        unknown.sum(),
        later.sum(),
        repeated.sum());
  }

  /// Everything, in the order of the first sendings.
  List<Asked> asked() {
    return pages.stream().map(Page::asked).toList();
  }

  /// The first line of an answer that was refused, for whoever wonders.
  Optional<String> anyRefusal() {
    return asked().stream()
        .filter(Asked::refused)
        .map(one -> one.operation() + ": " + one.conclusive().getFirst())
        .findFirst();
  }
}
