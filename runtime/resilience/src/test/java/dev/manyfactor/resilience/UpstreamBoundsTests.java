package dev.manyfactor.resilience;

import static dev.manyfactor.resilience.HostileUpstream.answers;
import static dev.manyfactor.resilience.HostileUpstream.drips;
import static dev.manyfactor.resilience.HostileUpstream.neverEnds;
import static dev.manyfactor.resilience.HostileUpstream.stallsInTheBody;
import static dev.manyfactor.resilience.HostileUpstream.staysSilent;
import static dev.manyfactor.resilience.Upstreams.PATIENT;
import static dev.manyfactor.resilience.Upstreams.SHORT;
import static dev.manyfactor.resilience.Upstreams.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Without the bound under test each of these would last until JUnit's own.
@Timeout(60)
class UpstreamBoundsTests {

  /// Loads what the first call of a process loads, which on a busy machine outlasts a short bound.
  @BeforeAll
  static void callOnce() {
    try (var hostile = HostileUpstream.that(answers(200, ""));
        var cards = Upstreams.open(settings(hostile.url(), 1))) {
      cards.get("/charges").send();
    }
  }

  static List<HostileUpstream.Manner> waysToKeepACallerWaiting() {
    return List.of(staysSilent(), stallsInTheBody(), drips());
  }

  @ParameterizedTest
  @MethodSource("waysToKeepACallerWaiting")
  void anAttemptIsBoundToTheLastByteOfTheAnswer(HostileUpstream.Manner manner) throws Exception {
    try (var hostile = HostileUpstream.that(manner);
        var cards = Upstreams.open(settings(hostile.url(), 1, SHORT, PATIENT))) {
      assertThatExceptionOfType(UpstreamException.TimedOut.class)
          .isThrownBy(() -> cards.get("/charges/{id}").path("id", "secret-id").send())
          .satisfies(late -> assertThat(late.bound()).isEqualTo(Bound.ATTEMPT))
          .withMessage(
              "cards (GET /charges/{id}) gave no complete answer within 0.5s; raise CARDS_ATTEMPT_TIMEOUT if it may take longer");
      assertThat(hostile.isLeftByItsClient()).isTrue();
      assertThat(hostile.received()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void anAttemptIsBoundWhenTheOtherSideReadsNothing(String scheme) throws Exception {
    try (var deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var cards =
            Upstreams.open(
                settings(
                    URI.create(scheme + "://127.0.0.1:" + deaf.getLocalPort()),
                    1,
                    SHORT,
                    PATIENT))) {
      assertThatExceptionOfType(UpstreamException.TimedOut.class)
          .isThrownBy(() -> cards.post("/charges").body("text/plain", new byte[32 << 20]).send())
          .satisfies(late -> assertThat(late.bound()).isEqualTo(Bound.ATTEMPT));
    }
  }

  @Test
  void allAttemptsTogetherAreBound() {
    try (var hostile = HostileUpstream.that(staysSilent());
        var cards = Upstreams.open(settings(hostile.url(), 10, SHORT, Duration.ofMillis(1800)))) {
      assertThatExceptionOfType(UpstreamException.TimedOut.class)
          .isThrownBy(() -> cards.get("/charges").send());
      assertThat(hostile.received()).hasSizeBetween(1, 4);
    }
  }

  @Test
  void theTotalBoundIsNamedWhenItIsTheShortest() {
    try (var hostile = HostileUpstream.that(staysSilent());
        var cards = Upstreams.open(settings(hostile.url(), 2, PATIENT, SHORT))) {
      assertThatExceptionOfType(UpstreamException.TimedOut.class)
          .isThrownBy(() -> cards.get("/charges").send())
          .satisfies(late -> assertThat(late.bound()).isEqualTo(Bound.TOTAL))
          .withMessageContaining("CARDS_TIMEOUT");
      assertThat(hostile.received()).hasSize(1);
    }
  }

  @Test
  void theDeadlineOfTheWorkThatCallsIsTheBoundWhenItIsTheShortest() {
    try (var hostile = HostileUpstream.that(staysSilent());
        var cards = Upstreams.open(settings(hostile.url(), 2))) {
      var context = Context.of("capture", Deadline.after(SHORT, InstantSource.system()));
      assertThatExceptionOfType(UpstreamException.TimedOut.class)
          .isThrownBy(() -> context.call(() -> cards.get("/charges").send()))
          .satisfies(late -> assertThat(late.bound()).isEqualTo(Bound.DEADLINE))
          .withMessageContaining("left until the deadline");
    }
  }

  @Test
  void nothingIsSentOnceTheDeadlineHasPassed() {
    try (var hostile = HostileUpstream.that(answers(200, ""));
        var cards = Upstreams.open(settings(hostile.url(), 2))) {
      var context = Context.of("capture", Deadline.after(Duration.ZERO, InstantSource.system()));
      assertThatExceptionOfType(UpstreamException.TimedOut.class)
          .isThrownBy(() -> context.call(() -> cards.get("/charges").send()))
          .satisfies(late -> assertThat(late.bound()).isEqualTo(Bound.DEADLINE));
      assertThat(hostile.connections()).isZero();
    }
  }

  @Test
  void aConnectionIsBoundWhenTheOtherSideTakesNone() throws Exception {
    try (var full = new FullBacklog();
        var cards = Upstreams.open(slowToConnect(full.url()))) {
      assertThatExceptionOfType(UpstreamException.TimedOut.class)
          .isThrownBy(() -> cards.get("/charges").send())
          .satisfies(late -> assertThat(late.bound()).isEqualTo(Bound.CONNECT))
          .withMessageContaining("no connection within 0.5s")
          .withMessageContaining(full.url().getAuthority())
          .withMessageContaining("CARDS_URL");
    }
  }

  @Test
  void anAnswerLargerThanTheLimitIsNotRead() throws Exception {
    try (var hostile = HostileUpstream.that(neverEnds());
        var cards = Upstreams.open(settings(hostile.url(), 2))) {
      assertThatExceptionOfType(UpstreamException.BadReply.class)
          .isThrownBy(() -> cards.get("/charges").send())
          .satisfies(large -> assertThat(large.status()).hasValue(200))
          .withMessageContaining("more than 4096 bytes")
          .withMessageContaining("CARDS_MAX_RESPONSE_BYTES");
      assertThat(hostile.isLeftByItsClient()).isTrue();
      assertThat(hostile.received()).hasSize(1);
    }
  }

  @Test
  void anAnswerOfExactlyTheLimitIsRead() {
    try (var hostile = HostileUpstream.that(answers(200, "x".repeat(4096)));
        var cards = Upstreams.open(settings(hostile.url(), 1))) {
      assertThat(cards.get("/charges").send().bytes()).hasSize(4096);
    }
  }

  @Test
  void anInterruptedThreadStopsWaitingAndStaysInterrupted() throws Exception {
    try (var hostile = HostileUpstream.that(staysSilent());
        var cards = Upstreams.open(settings(hostile.url(), 3))) {
      var failure = new AtomicReference<Optional<Throwable>>(Optional.empty());
      var stillInterrupted = new AtomicReference<Boolean>(false);
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  cards.get("/charges").send();
                } catch (UpstreamException stopped) {
                  failure.set(Optional.of(stopped));
                  stillInterrupted.set(Thread.currentThread().isInterrupted());
                }
              });
      while (hostile.received().isEmpty()) {
        Thread.onSpinWait();
      }
      caller.interrupt();
      caller.join();
      assertThat(failure.get().orElseThrow()).isInstanceOf(UpstreamException.Interrupted.class);
      assertThat(stillInterrupted.get()).isTrue();
      assertThat(hostile.isLeftByItsClient()).isTrue();
      assertThat(hostile.received()).hasSize(1);
    }
  }

  @Test
  void closingEndsTheCallsThatAreStillWaiting() throws Exception {
    try (var hostile = HostileUpstream.that(staysSilent())) {
      var cards = Upstreams.open(settings(hostile.url(), 3));
      var failure = new AtomicReference<Optional<Throwable>>(Optional.empty());
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  cards.get("/charges").send();
                } catch (UpstreamException stopped) {
                  failure.set(Optional.of(stopped));
                }
              });
      while (hostile.received().isEmpty()) {
        Thread.onSpinWait();
      }
      cards.close();
      caller.join();
      assertThat(failure.get().orElseThrow()).isInstanceOf(UpstreamException.Unreachable.class);
      assertThat(hostile.received()).hasSize(1);
    }
  }

  @Test
  void timeoutsLeaveNoThreadBehind() throws Exception {
    try (var hostile = HostileUpstream.that(staysSilent());
        var cards = Upstreams.open(settings(hostile.url(), 1, Duration.ofMillis(20), PATIENT))) {
      timeOut(cards);
      int before = Thread.activeCount();
      for (int call = 0; call < 40; call++) {
        timeOut(cards);
      }
      assertThat(Thread.activeCount()).isLessThan(before + 10);
      assertThat(hostile.received()).hasSizeLessThanOrEqualTo(41);
    }
  }

  private static void timeOut(Upstream cards) {
    assertThatExceptionOfType(UpstreamException.TimedOut.class)
        .isThrownBy(() -> cards.get("/charges").send());
  }

  private static UpstreamSettings slowToConnect(URI url) {
    return new UpstreamSettings(
        url,
        SHORT,
        PATIENT,
        PATIENT,
        1,
        4096,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// A port whose queue of new connections is full, so the kernel answers no further one.
  private static final class FullBacklog implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<SocketChannel> waiting = new ArrayList<>();

    FullBacklog() throws IOException {
      for (int count = 0; count < 8; count++) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        boolean _ =
            channel.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
        waiting.add(channel);
      }
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
      for (SocketChannel channel : waiting) {
        channel.close();
      }
      server.close();
    }
  }
}
