package dev.manyfactor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an environment written for an earlier release meets.
class FormerNameTests {
  @TempDir private Path folder;

  record Cards(
      @Formerly({"patience", "NETWORK_PATIENCE"}) @Default("5s") Duration timeout,
      @Formerly("times") int attempts,
      @Formerly("password") Optional<Secret> clientSecret) {
    Cards {
      if (attempts < 1) {
        throw new IllegalArgumentException("attempts must be 1 or more but is " + attempts);
      }
    }
  }

  private static Configuration bound(Map<String, String> environment) {
    var configuration = new Configuration();
    configuration.declare("CARDS", Cards.class);
    configuration.bind(Environment.of(environment));
    return configuration;
  }

  private static List<String> problems(Map<String, String> environment) {
    return catchThrowableOfType(ConfigurationException.class, () -> bound(environment))
        .problems()
        .stream()
        .map(Problem::message)
        .toList();
  }

  @Test
  void aFormerNameGivesTheValueAndOneWarning() {
    var configuration = new Configuration();
    Configured<Cards> cards = configuration.declare("CARDS", Cards.class);
    configuration.bind(Environment.of(Map.of("NETWORK_PATIENCE", "7s", "CARDS_TIMES", "3")));

    assertThat(cards.value()).isEqualTo(new Cards(Duration.ofSeconds(7), 3, Optional.empty()));
    assertThat(configuration.warnings())
        .containsExactly(
            "NETWORK_PATIENCE is deprecated; set CARDS_TIMEOUT to the same value instead",
            "CARDS_TIMES is deprecated; set CARDS_ATTEMPTS to the same value instead");
    assertThat(configuration.effective().getFirst().variable()).isEqualTo("CARDS_TIMEOUT");
    assertThat(configuration.effective().getFirst().formerName()).contains("NETWORK_PATIENCE");
  }

  @Test
  void aSecretMayHaveBeenInAFileUnderItsFormerName() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "canary-1\n");

    Configuration configuration =
        bound(Map.of("CARDS_ATTEMPTS", "1", "CARDS_PASSWORD_FILE", file.toString()));

    assertThat(configuration.warnings())
        .containsExactly(
            "CARDS_PASSWORD_FILE is deprecated; set CARDS_CLIENT_SECRET_FILE to the same value"
                + " instead");
    assertThat(configuration.effective().toString()).doesNotContain("canary-1");
  }

  @Test
  void twoNamesOfOneSettingAreAProblem() {
    assertThat(problems(Map.of("CARDS_TIMES", "1", "CARDS_ATTEMPTS", "1")))
        .containsExactly(
            "CARDS_ATTEMPTS and CARDS_TIMES are both set; unset CARDS_TIMES, which is deprecated");
    assertThat(
            problems(
                Map.of("CARDS_ATTEMPTS", "1", "CARDS_PATIENCE", "1s", "NETWORK_PATIENCE", "1s")))
        .containsExactly("CARDS_PATIENCE and NETWORK_PATIENCE are both set; unset one of them");
    assertThat(
            problems(
                Map.of(
                    "CARDS_ATTEMPTS",
                    "1",
                    "CARDS_CLIENT_SECRET",
                    "x",
                    "CARDS_PASSWORD_FILE",
                    "/x")))
        .containsExactly(
            "CARDS_CLIENT_SECRET and CARDS_PASSWORD_FILE are both set; unset CARDS_PASSWORD_FILE,"
                + " which is deprecated");
  }

  @Test
  void aMistakeIsToldUnderTheNameThatWasSet() {
    assertThat(problems(Map.of("CARDS_TIMES", "few")))
        .containsExactly("CARDS_TIMES must be a whole number but is \"few\", for example 10");
    assertThat(problems(Map.of("CARDS_TIMES", "0")))
        .containsExactly("CARDS_TIMES must be 1 or more but is 0");
  }

  @Test
  void aFormerNameIsNeverOffered() {
    assertThat(problems(Map.of("CARDS_ATTEMPTS", "1", "CARDS_PASSWORT", "1")).toString())
        .doesNotContain("did you mean")
        .contains("CARDS_ATTEMPTS, CARDS_CLIENT_SECRET, CARDS_CLIENT_SECRET_FILE, CARDS_TIMEOUT]");
  }

  @Test
  void aFormerNameThatIsASettingIsAMistakeOfTheAuthor() {
    record Clash(@Formerly("size") int width, int size) {}

    assertThatThrownBy(() -> new Configuration().declare("", Clash.class))
        .hasMessage("Clash must not declare SIZE, which is declared already");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          the present name | true  | "CARDS_ATTEMPTS": "1"
          the former name  | true  | "CARDS_TIMES": "1", "CARDS_PATIENCE": "1s", "CARDS_PASSWORD_FILE": "/x"
          neither          | false | "CARDS_TIMEOUT": "1s"
          both             | false | "CARDS_TIMES": "1", "CARDS_ATTEMPTS": "1"
          two former names | false | "CARDS_TIMES": "1", "CARDS_PATIENCE": "1s", "NETWORK_PATIENCE": "1s"
          secret and file  | false | "CARDS_TIMES": "1", "CARDS_CLIENT_SECRET": "x", "CARDS_PASSWORD_FILE": "/x"
          wrong value      | false | "CARDS_TIMES": "few"
          """)
  void theSchemaAcceptsWhatTheBinderAccepts(String name, boolean valid, String members) {
    var configuration = new Configuration();
    configuration.declare("CARDS", Cards.class);
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(configuration.schema());

    assertThat(schema.validate("{" + members + "}", InputFormat.JSON).isEmpty())
        .as(name)
        .isEqualTo(valid);
    assertThat(configuration.schema())
        .contains("\"description\": \"deprecated: set CARDS_ATTEMPTS instead\"")
        .contains("\"deprecated\": true");
  }
}
