package dev.manyfactor.resilience;

import static dev.manyfactor.resilience.HostileUpstream.answers;
import static dev.manyfactor.resilience.Upstreams.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.manyfactor.config.Configuration;
import dev.manyfactor.config.Configured;
import dev.manyfactor.config.Environment;
import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Field;
import dev.manyfactor.json.Fields;
import dev.manyfactor.json.Int64;
import dev.manyfactor.json.JsonReader;
import dev.manyfactor.json.JsonWriter;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UpstreamTests {

  @Test
  void aPlainProgramCallsAnotherServiceWithNothingButItsVariables() {
    try (var hostile = HostileUpstream.that(answers(200, "fine"))) {
      var configuration = new Configuration();
      try (Upstream cards = Upstream.declare(configuration, "cards")) {
        configuration.bind(Environment.of(Map.of("CARDS_URL", hostile.url().toString())));
        cards.open(OpenTelemetry.noop());
        Reply reply = cards.get("/charges").query("reference", "pay_1").send();
        assertThat(reply.bytes()).asString().isEqualTo("fine");
      }
      assertThat(hostile.received().getFirst().line())
          .isEqualTo("GET /charges?reference=pay_1 HTTP/1.1");
    }
  }

  @Test
  void valuesOfThePathAndTheQueryAreEncoded() {
    try (var hostile = HostileUpstream.that(answers(200, ""));
        var cards = Upstreams.open(settings(hostile.url().resolve("/v1/"), 1))) {
      cards.get("/charges/{id}").path("id", "a/b ?ä").query("at", "1+1 &x").query("at", 2).send();
      assertThat(hostile.received().getFirst().line())
          .isEqualTo("GET /v1/charges/a%2Fb%20%3F%C3%A4?at=1%2B1%20%26x&at=2 HTTP/1.1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void aValueThatWouldBeAnotherPathIsRefused(String value) {
    var request = Upstreams.open(settings(anywhere(), 1)).get("/charges/{id}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.path("id", value))
        .withMessageStartingWith("{id} in the path of cards (GET /charges/{id}) must not be");
  }

  @Test
  void aPlaceholderWithoutAValueIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Upstreams.open(settings(anywhere(), 1)).get("/charges/{id}").send())
        .withMessage(
            "cards (GET /charges/{id}) has no value for {id}; give it one with path(\"id\", …)");
  }

  @Test
  void recordsTravelAsJson() {
    try (var hostile = HostileUpstream.that(answers(201, "{\"amount\":13}"));
        var cards = Upstreams.open(settings(hostile.url(), 1))) {
      Reply reply = cards.post("/charges").body(ChargeCodec.CODEC, new Charge(12)).send();
      assertThat(reply.body(ChargeCodec.CODEC)).isEqualTo(new Charge(13));
      assertThat(hostile.received().getFirst().body()).isEqualTo("{\"amount\":12}");
      assertThat(hostile.received().getFirst().headers())
          .containsEntry("content-type", "application/json");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"amount\":\"much\"}", "<html>busy</html>", "", "{\"amount\":1}{}"})
  void anAnswerThatBreaksItsContractIsABadReply(String body) {
    try (var hostile = HostileUpstream.that(answers(200, body));
        var cards = Upstreams.open(settings(hostile.url(), 1))) {
      Reply reply = cards.get("/charges").send();
      assertThatExceptionOfType(UpstreamException.BadReply.class)
          .isThrownBy(() -> reply.body(ChargeCodec.CODEC))
          .withMessageStartingWith("cards (GET /charges) answered with ")
          .withMessageNotContainingAny("much", "busy");
    }
  }

  @Test
  void aClientErrorIsNeverReadAsASuccess() {
    try (var hostile = HostileUpstream.that(answers(404, "{\"amount\":13}"));
        var cards = Upstreams.open(settings(hostile.url(), 1))) {
      Reply reply = cards.get("/charges").send();
      assertThatExceptionOfType(UpstreamException.BadReply.class)
          .isThrownBy(() -> reply.body(ChargeCodec.CODEC))
          .withMessage("cards (GET /charges) answered 404, which was not expected");
    }
  }

  @Test
  void aCallInsideATransactionIsRefusedWithTheRemedy() {
    try (var hostile = HostileUpstream.that(answers(200, ""));
        var cards = Upstreams.open(settings(hostile.url(), 1))) {
      var deadline = Deadline.after(Duration.ofMinutes(1), InstantSource.system());
      Context open = Context.of("createPayment", deadline).insideTransaction();
      assertThatIllegalStateException()
          .isThrownBy(() -> open.call(() -> cards.post("/charges").send()))
          .withMessageStartingWith(
              "cards (POST /charges) was called by createPayment while a transaction is open")
          .withMessageContaining("x-transaction: call");
      assertThat(hostile.connections()).isZero();
    }
  }

  @Test
  void anUpstreamThatIsNotOpenSaysSo() {
    var configuration = new Configuration();
    Upstream cards = Upstream.declare(configuration, "cards");
    configuration.bind(Environment.of(Map.of("CARDS_URL", "http://localhost:1")));
    assertThatIllegalStateException()
        .isThrownBy(() -> cards.get("/charges").send())
        .withMessageContaining("upstream cards is not open");
  }

  @Test
  void aRemedyNamesNoVariableThatDoesNotExist() {
    try (var hostile = HostileUpstream.that(answers(302, ""));
        var cards =
            Upstream.of("cards", Configured.of(settings(hostile.url(), 1)))
                .open(OpenTelemetry.noop())) {
      assertThatExceptionOfType(UpstreamException.BadReply.class)
          .isThrownBy(() -> cards.get("/charges").send())
          .withMessageEndingWith("redirects are not followed: correct its url");
    }
  }

  @Test
  void connectionsAreKeptForTheNextCall() {
    try (var hostile = HostileUpstream.that(answers(200, "fine"));
        var cards = Upstreams.open(settings(hostile.url(), 1))) {
      for (int call = 0; call < 5; call++) {
        cards.get("/charges").send();
      }
      assertThat(hostile.connections()).isEqualTo(1);
    }
  }

  private static URI anywhere() {
    return URI.create("http://localhost:1");
  }

  private record Charge(long amount) {}

  private static final class ChargeCodec implements Codec<Charge> {
    static final ChargeCodec CODEC = new ChargeCodec();
    private static final Field<Long> AMOUNT = Field.required("amount", Int64.ANY);
    private static final Fields FIELDS = Fields.open(AMOUNT);

    @Override
    public @Nullable Charge read(JsonReader in) {
      var fields = in.object(FIELDS);
      return fields == null ? null : new Charge(fields.value(AMOUNT));
    }

    @Override
    public void write(JsonWriter out, Charge charge) {
      out.startObject().field(AMOUNT, charge.amount()).endObject();
    }
  }
}
