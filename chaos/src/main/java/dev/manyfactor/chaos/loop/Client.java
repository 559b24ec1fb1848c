package dev.manyfactor.chaos.loop;

import dev.manyfactor.chaos.contact.Post;
import dev.manyfactor.chaos.history.Asked;
import dev.manyfactor.chaos.history.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// One who asks for one thing after the other, and asks again under the same key until the answer
/// is one for good. For one thread.
final class Client {
  private static final int REPEATS = 4; // one request in so many is sent again at once
  private static final int SHORTEST_RETRY = 50;
  private static final int LONGEST_RETRY = 500;
  private static final int REMEMBERED = 400;

  private final Wishes wishes;
  private final Setting setting;
  private final Keys keys;
  private final RandomGenerator random;
  private final String tenant;
  private final List<Diary.Page> answered = new ArrayList<>();

  /// What all clients share.
  ///
  /// @param pause between two requests of one client, at most
  record Setting(
      Post post,
      List<URI> addresses,
      Diary diary,
      Strikes strikes,
      LongSupplier nanos,
      Duration pause) {}

  Client(Wishes wishes, Setting setting, Keys keys, String tenant) {
    this.wishes = wishes;
    this.setting = setting;
    this.keys = keys;
    this.random = keys.random();
    this.tenant = tenant;
  }

  /// Asks for one thing and stays with it until it has its answer.
  void askOnce() throws InterruptedException {
    Optional<Wish> wish = wishes.next();
    if (wish.isPresent()) {
      ask(wish.get());
    }
    Thread.sleep(random.nextLong(setting.pause().toMillis() + 1));
  }

  private void ask(Wish wish) throws InterruptedException {
    Optional<String> key = wish.operation().keyed() ? Optional.of(keys.next()) : Optional.empty();
    Diary.Page page = setting.diary().open(wish, new Post.Letter(wish.request(), key, tenant));
    Reply reply = send(page);
    setting.diary().note(page, reply);
    while (!(reply instanceof Reply.Conclusive)) {
      Thread.sleep(random.nextInt(SHORTEST_RETRY, LONGEST_RETRY));
      reply = send(page);
      setting.diary().note(page, reply);
    }
    if (reply instanceof Reply.Conclusive answer && answer.acknowledges()) {
      wishes.granted(wish, answer.body());
    }
    remember(page);
    if (random.nextInt(REPEATS) == 0) {
      setting.diary().noteAgain(page, send(page));
    }
  }

  private Reply send(Diary.Page page) throws InterruptedException {
    List<URI> addresses = setting.addresses();
    long sentAt = setting.nanos().getAsLong();
    Reply reply =
        setting.post().send(page.letter(), addresses.get(random.nextInt(addresses.size())));
    if (reply instanceof Reply.Conclusive answer && answer.acknowledges()) {
      setting.strikes().succeeded(sentAt);
    }
    return reply;
  }

  /// Any of all, those that once had no answer before the others.
  private void remember(Diary.Page page) {
    Asked asked = page.asked();
    if (answered.size() < REMEMBERED) {
      answered.add(page);
    } else if (asked.wasUnknown() || random.nextInt(REPEATS) == 0) {
      answered.set(random.nextInt(REMEMBERED), page);
    }
  }

  /// Asks once more for what has long been answered: the answer must be the same.
  void askAllAgain() throws InterruptedException {
    for (Diary.Page page : answered) {
      setting.diary().noteAgain(page, send(page));
    }
  }
}
