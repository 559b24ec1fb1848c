package dev.manyfactor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigurationTests {

  enum Colour {
    RED,
    DARK_BLUE
  }

  record Port(int number) {
    public static Port parse(String text) {
      return new Port(Integer.parseInt(text));
    }
  }

  record Everything(
      String text,
      int count,
      long bytes,
      boolean enabled,
      Duration delay,
      URI address,
      Path folder,
      Colour colour,
      Port port,
      Secret token,
      List<String> names,
      List<Duration> waits,
      Optional<Integer> limit,
      Optional<Colour> accent) {}

  record Retry(@Default("3") int attempts, @Default("250ms") Duration firstWait) {}

  record Client(URI url, @Default("5s") Duration timeout, Retry retry) {}

  private static <R extends Record> R bound(String prefix, Class<R> type, Map<String, String> env) {
    var configuration = new Configuration();
    Configured<R> handle = configuration.declare(prefix, type);
    configuration.bind(Environment.of(env));
    return handle.value();
  }

  @Test
  void everyTypeOfComponentIsRead() {
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("X_TEXT", "a=b, c"),
            Map.entry("X_COUNT", "-7"),
            Map.entry("X_BYTES", "9000000000"),
            Map.entry("X_ENABLED", "true"),
            Map.entry("X_DELAY", "250ms"),
            Map.entry("X_ADDRESS", "https://example.com/a?b=c"),
            Map.entry("X_FOLDER", "/var/lib/app"),
            Map.entry("X_COLOUR", "dark-blue"),
            Map.entry("X_PORT", "8080"),
            Map.entry("X_TOKEN", " kept as it is "),
            Map.entry("X_NAMES", "one, two,three"),
            Map.entry("X_WAITS", "1s,2m"),
            Map.entry("X_LIMIT", "12"));

    Everything all = bound("X", Everything.class, environment);

    assertThat(all)
        .isEqualTo(
            new Everything(
                "a=b, c",
                -7,
                9_000_000_000L,
                true,
                Duration.ofMillis(250),
                URI.create("https://example.com/a?b=c"),
                Path.of("/var/lib/app"),
                Colour.DARK_BLUE,
                new Port(8080),
                Secret.of(" kept as it is "),
                List.of("one", "two", "three"),
                List.of(Duration.ofSeconds(1), Duration.ofMinutes(2)),
                Optional.of(12),
                Optional.empty()));
  }

  @Test
  void aDefaultHoldsWhereAVariableIsNotSet() {
    Client client = bound("CARDS", Client.class, Map.of("CARDS_URL", "http://cards"));

    assertThat(client.timeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void aNestedRecordJoinsItsNameToThePrefix() {
    Client client =
        bound(
            "CARDS",
            Client.class,
            Map.of("CARDS_URL", "http://cards", "CARDS_RETRY_FIRST_WAIT", "1s"));

    assertThat(client.retry()).isEqualTo(new Retry(3, Duration.ofSeconds(1)));
  }

  @Test
  void withoutAPrefixANameIsTheComponentAlone() {
    Retry retry = bound("", Retry.class, Map.of("ATTEMPTS", "9", "ANYTHING_ELSE", "may be there"));

    assertThat(retry.attempts()).isEqualTo(9);
  }

  @Test
  void theSamePrefixAndTypeGiveTheSameHandle() {
    var configuration = new Configuration();

    assertThat(configuration.declare("A", Retry.class))
        .isSameAs(configuration.declare("A", Retry.class))
        .isNotSameAs(configuration.declare("B", Retry.class));
  }

  @Test
  void aHandleHasNoValueBeforeItIsBound() {
    Configured<Retry> handle = new Configuration().declare("", Retry.class);

    assertThatThrownBy(handle::value)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Retry is not bound yet");
  }

  @Test
  void aHandleCanBeMadeWithoutAnEnvironment() {
    assertThat(Configured.of(new Retry(1, Duration.ZERO)).value().attempts()).isEqualTo(1);
  }

  @Test
  void oneProblemBindsNothing() {
    var configuration = new Configuration();
    Configured<Retry> right = configuration.declare("A", Retry.class);
    configuration.declare("B", Client.class);

    assertThatThrownBy(() -> configuration.bind(Environment.of(Map.of())))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(right::value).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nothingIsDeclaredOrBoundAgainAfterBinding() {
    var configuration = new Configuration();
    Configured<Retry> handle = configuration.declare("A", Retry.class);
    configuration.bind(Environment.of(Map.of()));

    assertThat(configuration.declare("A", Retry.class)).isSameAs(handle);
    assertThatThrownBy(() -> configuration.declare("B", Retry.class))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> configuration.bind(Environment.of(Map.of())))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void namesBecomePrefixes() {
    assertThat(Configuration.prefix("card-network")).isEqualTo("CARD_NETWORK");
    assertThat(Configuration.prefix("cards")).isEqualTo("CARDS");
    assertThat(VariableName.of("oidcIssuerURL")).isEqualTo("OIDC_ISSUER_URL");
    assertThat(VariableName.of("http2Port")).isEqualTo("HTTP2_PORT");
    assertThatThrownBy(() -> Configuration.prefix("2 cards"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void effectiveValuesSayWhereTheyComeFrom() {
    var configuration = new Configuration();
    configuration.declare("", Described.class);
    configuration.bind(Environment.of(Map.of("TOKEN", "canary-1", "HOME_PAGE", "http://a:b@c/d")));

    assertThat(configuration.effective())
        .containsExactly(
            effective("TIMEOUT", "5s", EffectiveValue.Source.DEFAULT, "how long to wait"),
            effective("TOKEN", "(secret)", EffectiveValue.Source.ENVIRONMENT, ""),
            effective("LIMIT", "", EffectiveValue.Source.UNSET, ""),
            effective("HOME_PAGE", "http://***@c/d", EffectiveValue.Source.ENVIRONMENT, ""));
    assertThat(configuration.warnings()).isEmpty();
  }

  private static EffectiveValue effective(
      String variable, String value, EffectiveValue.Source source, String description) {
    return new EffectiveValue(variable, value, source, Optional.empty(), description);
  }

  @Test
  void aProgramMayStateDefaultsInPlaceOfTheRecords() {
    var configuration = new Configuration();
    Configured<Retry> handle = configuration.declare("A", Retry.class, Map.of("attempts", "7"));
    configuration.bind(Environment.of(Map.of()));

    assertThat(handle.value()).isEqualTo(new Retry(7, Duration.ofMillis(250)));
    assertThat(configuration.effective())
        .contains(effective("A_ATTEMPTS", "7", EffectiveValue.Source.DEFAULT, ""));
    assertThat(configuration.schema()).contains("\"default\": \"7\"");
  }

  @Test
  void aDefaultOfTheProgramIsCheckedAsTheRecordsIs() {
    assertThatThrownBy(
            () -> new Configuration().declare("A", Retry.class, Map.of("attempts", "many")))
        .hasMessage("Retry.attempts has a default that is not a whole number");
    assertThatThrownBy(() -> new Configuration().declare("A", Retry.class, Map.of("atempts", "1")))
        .hasMessage("Retry has no component atempts");
  }

  @Test
  void variablesAreListedWithoutAnEnvironment() {
    var configuration = new Configuration();
    configuration.declare("X", Described.class);

    assertThat(configuration.variables())
        .startsWith(
            new Variable(
                "X_TIMEOUT",
                "a duration",
                Optional.of("5s"),
                false,
                false,
                "how long to wait",
                "5s",
                List.of()),
            new Variable("X_TOKEN", "a secret", Optional.empty(), true, true, "", "", List.of()))
        .hasSize(4);
  }

  record Described(
      @Default("5s") @Description("how long to wait") Duration timeout,
      Secret token,
      Optional<Integer> limit,
      URI homePage) {}
}
