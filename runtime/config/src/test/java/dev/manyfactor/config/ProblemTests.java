package dev.manyfactor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTests {

  enum Level {
    INFO,
    WARN
  }

  record Tenant(String id) {
    public static Tenant parse(String text) {
      if (!text.equals(text.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("a tenant must be lower case but is \"" + text + '"');
      }
      return new Tenant(text);
    }
  }

  record Plain(
      @Default("8080") int port,
      @Default("7") long bytes,
      @Default("true") boolean enabled,
      @Default("5s") Duration delay,
      @Default("http://localhost") URI url,
      @Default("info") Level level,
      @Default("a,b") List<String> names,
      Optional<Tenant> tenant) {}

  record Database(
      @Description(
              value = "the address of a PostgreSQL database",
              example = "postgres://app@localhost/app")
          @Sensitive
          String url,
      @Default("10") int poolSize) {
    Database {
      if (poolSize < 1) {
        throw new IllegalArgumentException("poolSize must be 1 or more but is " + poolSize);
      }
    }
  }

  record Bounds(@Default("1") int least, @Default("2") int most) {
    Bounds {
      if (least > most) {
        throw new IllegalArgumentException("the range is empty");
      }
    }
  }

  record Outer(@Default("1") int count, Bounds bounds) {}

  private static List<Problem> problems(
      String prefix, Class<? extends Record> type, Map<String, String> environment) {
    var configuration = new Configuration();
    configuration.declare(prefix, type);
    return catchThrowableOfType(
            ConfigurationException.class, () -> configuration.bind(Environment.of(environment)))
        .problems();
  }

  @Test
  void everyProblemIsToldAtOnceWithItsRemedy() {
    var configuration = new Configuration();
    configuration.declare("DATABASE", Database.class);
    configuration.declare("", Plain.class);

    var environment =
        Environment.of(
            Map.of("DATABASE_POOLSIZE", "5", "PORT", "abc", "DELAY", "", "URL", "not absolute"));

    assertThat(
            catchThrowableOfType(
                ConfigurationException.class, () -> configuration.bind(environment)))
        .hasMessage(
            """
            the configuration has 5 problems:
              1. DATABASE_URL is not set; set it to the address of a PostgreSQL database, for example \
            postgres://app@localhost/app, or set DATABASE_URL_FILE to the absolute path of a file \
            that holds the address of a PostgreSQL database
              2. PORT must be a whole number but is "abc", for example 8080
              3. DELAY is set but empty; unset it for the default 5s, or set it to a duration, for \
            example 5s
              4. URL must be an absolute URI but is "not absolute", for example http://localhost
              5. DATABASE_POOLSIZE is not a setting; did you mean DATABASE_POOL_SIZE?\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          PORT    | 8 080        | must be a whole number but is "8 080", for example 8080
          PORT    | +1           | must be a whole number but is "+1", for example 8080
          PORT    | ٣            | must be a whole number but is "٣", for example 8080
          PORT    | 1.0          | must be a whole number but is "1.0", for example 8080
          PORT    | 2147483648   | must be a whole number from -2147483648 to 2147483647 but is "2147483648", for example 8080
          BYTES   | 9223372036854775808 | must be a whole number from -9223372036854775808 to 9223372036854775807 but is "9223372036854775808", for example 7
          ENABLED | yes          | must be true or false but is "yes", for example true
          ENABLED | TRUE         | must be true or false but is "TRUE", for example true
          DELAY   | 5            | must be a number with a unit (ms, s, m, h or d), or an ISO 8601 duration but is "5", for example 5s
          DELAY   | -5s          | must be a number with a unit (ms, s, m, h or d), or an ISO 8601 duration but is "-5s", for example 5s
          URL     | junk         | must be an absolute URI but is "junk", for example http://localhost
          URL     | http://a:hidden@b/%%% | must be an absolute URI but is "http://***@b/%%%", for example http://localhost
          LEVEL   | loud         | must be one of info, warn but is "loud", for example info
          NAMES   | a,,b         | must be a text between every two commas but is "a,,b", for example a,b
          TENANT  | ACME         | is refused: a tenant must be lower case but is "ACME"
          PORT    | `80 `        | must not begin or end with white space but is "80 "
          PORT    | `   `        | is set but empty; unset it for the default 8080, or set it to a whole number, for example 8080
          """)
  void anIllTypedValueIsToldWithRuleValueAndExample(String variable, String value, String said) {
    assertThat(problems("", Plain.class, Map.of(variable, value)))
        .containsExactly(new Problem(variable, variable + " " + said));
  }

  @Test
  void aLongOrBrokenValueIsShownOnOneShortLine() {
    String value = "a\nb".repeat(1000);

    Problem problem = problems("", Plain.class, Map.of("PORT", value)).getFirst();

    assertThat(problem.message())
        .hasSizeLessThan(200)
        .doesNotContain("\n")
        .contains("a?b")
        .contains("…");
  }

  @Test
  void aCheckOfTheRecordNamesTheVariable() {
    var environment = Map.of("DATABASE_URL", "postgres://x", "DATABASE_POOL_SIZE", "0");

    assertThat(problems("DATABASE", Database.class, environment))
        .containsExactly(
            new Problem("DATABASE_POOL_SIZE", "DATABASE_POOL_SIZE must be 1 or more but is 0"));
  }

  @Test
  void aCheckThatNamesNoComponentIsAboutTheWholeRecord() {
    assertThat(problems("X", Outer.class, Map.of("X_BOUNDS_LEAST", "5")))
        .containsExactly(new Problem("X_BOUNDS_*", "X_BOUNDS_* is refused: the range is empty"));
  }

  @Test
  void aMissingVariableWithAMisspeltTwinSaysSo() {
    assertThat(problems("", Database.class, Map.of("ULR", "postgres://x")).getFirst().message())
        .endsWith("(ULR is set: is that a misspelling?)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DATABASE_POOLSIZE  | did you mean DATABASE_POOL_SIZE?
          DATABASE_UR        | did you mean DATABASE_URL?
          DATABASE_URLFILE   | did you mean DATABASE_URL_FILE?
          DATABASE_FLAVOUR   | unset it; the settings are DATABASE_POOL_SIZE, DATABASE_URL, DATABASE_URL_FILE
          DATABASE_POOL_SIZE_FILE | only a secret is read from a file; set DATABASE_POOL_SIZE itself
          """)
  void anUnknownVariableUnderAPrefixIsAProblem(String variable, String remedy) {
    var environment = Map.of("DATABASE_URL", "postgres://x", variable, "canary-7");

    assertThat(problems("DATABASE", Database.class, environment))
        .containsExactly(new Problem(variable, variable + " is not a setting; " + remedy));
  }

  @Test
  void theVariablesThatAClusterSetsForAServiceOfTheSameNameAreNoProblem() {
    var configuration = new Configuration();
    Configured<Database> handle = configuration.declare("DATABASE", Database.class);

    configuration.bind(
        Environment.of(
            Map.of(
                "DATABASE_URL", "postgres://x",
                "DATABASE_SERVICE_HOST", "10.0.0.7",
                "DATABASE_SERVICE_PORT", "5432",
                "DATABASE_SERVICE_PORT_SQL", "5432",
                "DATABASE_PORT", "tcp://10.0.0.7:5432",
                "DATABASE_PORT_5432_TCP", "tcp://10.0.0.7:5432",
                "DATABASE_PORT_5432_TCP_ADDR", "10.0.0.7")));

    assertThat(handle.value().poolSize()).isEqualTo(10);
  }

  @Test
  void aPortThatIsNoLinkOfAClusterIsAProblem() {
    var environment = Map.of("DATABASE_URL", "postgres://x", "DATABASE_PORT", "5432");

    assertThat(problems("DATABASE", Database.class, environment)).hasSize(1);
  }
}
