package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.context.Caller;
import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.context.Tenant;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Each caller has its share, and nobody loses his to another.
class RateLimitTests {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // it wraps around soon
  private final RateLimit rate =
      RateLimit.of(new RateSettings(Optional.of(10), Optional.of(3)), now::get).orElseThrow();

  @Test
  void callerMaySendItsBurstAndThenKeepsToItsRate() {
    for (int i = 0; i < 3; i++) {
      assertPasses("ada");
    }
    assertRefused("ada");
    now.addAndGet(Duration.ofMillis(99).toNanos());
    assertRefused("ada");
    now.addAndGet(Duration.ofMillis(1).toNanos());
    assertPasses("ada");
    assertRefused("ada");
  }

  @Test
  void callerThatIsRefusedDoesNotWaitLongerForAskingAgain() {
    for (int i = 0; i < 3; i++) {
      assertPasses("ada");
    }
    for (int i = 0; i < 100; i++) {
      assertRefused("ada");
    }
    now.addAndGet(Duration.ofMillis(100).toNanos());
    assertPasses("ada");
  }

  @Test
  void burstComesBackAfterAPauseAndIsNotSavedUp() {
    now.addAndGet(Duration.ofHours(1).toNanos());
    for (int i = 0; i < 3; i++) {
      assertPasses("ada");
    }
    assertRefused("ada");
  }

  @Test
  void callersDoNotShare() {
    for (int i = 0; i < 3; i++) {
      assertPasses("ada");
    }
    assertRefused("ada");
    assertPasses("bob");
  }

  @Test
  void sameSubjectOfAnotherTenantHasAShareOfItsOwn() {
    for (int i = 0; i < 3; i++) {
      rate.admit(context("ada").withTenant(new Tenant("acme")));
    }
    assertThatCode(() -> rate.admit(context("ada").withTenant(new Tenant("globex"))))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> rate.admit(context("ada").withTenant(new Tenant("acme"))))
        .isInstanceOf(Refused.class);
  }

  @Test
  void callersThatHavePausedAreForgotten() {
    for (int i = 0; i < 3 * RateLimit.CALLERS; i++) {
      assertPasses("caller " + i);
      now.addAndGet(Duration.ofMillis(1).toNanos());
    }
    assertThat(rate.callers()).isLessThanOrEqualTo(RateLimit.CALLERS);
  }

  @Test
  void moreCallersThanThereArePlacesForShareOne() {
    for (int i = 0; i < RateLimit.CALLERS; i++) {
      assertPasses("caller " + i);
    }
    for (String late : new String[] {"ada", "bob", "eve"}) {
      assertPasses(late);
    }
    assertRefused("mallory");
    assertPasses("caller 7");
    assertThat(rate.callers()).isEqualTo(RateLimit.CALLERS + 1);
  }

  @Test
  void unsetLimitIsNone() {
    assertThat(RateLimit.of(RateSettings.UNLIMITED, now::get)).isEmpty();
  }

  @Test
  void settingsThatMeanNothingAreRefused() {
    assertThatThrownBy(() -> new RateSettings(Optional.of(0), Optional.empty()))
        .hasMessage("limit must be 1 to 1000000 but is 0");
    assertThatThrownBy(() -> new RateSettings(Optional.empty(), Optional.of(5)))
        .hasMessage("burst needs limit, which is not set");
  }

  @Test
  void callerBeyondItsShareIsToldWhenToComeBackAndStrangersAreNotCounted() throws IOException {
    var once = new RateSettings(Optional.of(1), Optional.of(1));
    var backing = new Backing(Optional.empty(), Optional.empty(), Optional.of(Notes::judge));
    Operation mine =
        Notes.guarded(
            Method.POST,
            "/mine",
            new Idempotent.None("a test"),
            new Handler.Plain(_ -> _ -> Served.text("{}")));
    Served.Setup setup = Served.setup().backing(backing).limits(WebLimits.DEFAULT.withRate(once));
    try (Served served = Served.with(setup, mine, Served.answering("/open", "{}"))) {
      assertThat(served.post("/mine", "{}", Notes.ADA).status()).isEqualTo(200);
      Wire.Answer answer = served.post("/mine", "not even json", Notes.ADA);
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.header("retry-after")).isEqualTo("1");
      assertThat(answer.body())
          .contains("/problems/rate-limited", "1 requests per second, and 1 at once");
      assertThat(served.post("/mine", "{}", Notes.BOB).status()).isEqualTo(200);
      assertThat(served.get("/open").status()).isEqualTo(200);
      assertThat(served.get("/open").status()).isEqualTo(200);
    }
  }

  private void assertPasses(String caller) {
    assertThatCode(() -> rate.admit(context(caller))).doesNotThrowAnyException();
  }

  private void assertRefused(String caller) {
    assertThatThrownBy(() -> rate.admit(context(caller)))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.response().status()).isEqualTo(429));
  }

  private static Context context(String caller) {
    var deadline = Deadline.after(Duration.ofHours(1), InstantSource.system());
    return Context.of("test", deadline).withCaller(new Caller(caller, Set.of()));
  }
}
