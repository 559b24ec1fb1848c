package dev.manyfactor.faults;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What the server will say to one message of the client.
final class Answer {
  private static final int PATIENCE_SECONDS = 5;

  /// What becomes of the bytes of an answer.
  enum Course {
    PASSES,
    /// It passes, and somebody waits until it has.
    IS_AWAITED,
    IS_HELD,
    IS_LOST
  }

  private final PostgresMessage.Kind to;
  private final CompletableFuture<Void> arrived = new CompletableFuture<>();
  private final CompletableFuture<Sequel> sequel = new CompletableFuture<>();
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private Course course;

  Answer(PostgresMessage.Kind to, Course course) {
    this.to = to;
    this.course = course;
  }

  PostgresMessage.Kind to() {
    return to;
  }

  Course course() {
    return course;
  }

  ByteArrayOutputStream held() {
    return held;
  }

  void arrive() {
    arrived.complete(null);
  }

  /// Says whether the whole of it has arrived, for which it waits a bounded time.
  boolean isThere() throws InterruptedException {
    try {
      arrived.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Ends the holding.
  void follow(Sequel next) {
    sequel.complete(next);
  }

  /// Waits for the end of the holding, which is that of a deed.
  Course decided() {
    course = sequel.join() == Sequel.GO_ON ? Course.PASSES : Course.IS_LOST;
    return course;
  }
}
