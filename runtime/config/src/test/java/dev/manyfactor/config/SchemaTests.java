package dev.manyfactor.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Holds the schema against a validator that knows nothing of us.
class SchemaTests {

  enum Level {
    INFO,
    WARN
  }

  record Settings(
      @Description("where \"cards\" live") String host,
      int port,
      @Default("5s") Duration timeout,
      @Default("info") Level level,
      Optional<Boolean> fast,
      Secret token,
      Optional<Secret> key) {}

  private static String schema() {
    var configuration = new Configuration();
    configuration.declare("CARDS", Settings.class);
    return configuration.schema();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          right                 | true  | "CARDS_TOKEN": "x"
          a secret in a file    | true  | "CARDS_TOKEN_FILE": "/run/secrets/token"
          no secret             | false | "HOME": "/root"
          a secret twice        | false | "CARDS_TOKEN": "x", "CARDS_TOKEN_FILE": "/x"
          an optional twice     | false | "CARDS_TOKEN": "x", "CARDS_KEY": "x", "CARDS_KEY_FILE": "/x"
          something unknown     | false | "CARDS_TOKEN": "x", "CARDS_TOCKEN": "x"
          something else's      | true  | "CARDS_TOKEN": "x", "PATH": "/bin"
          no number             | false | "CARDS_TOKEN": "x", "CARDS_PORT": "many"
          an empty value        | false | "CARDS_TOKEN": ""
          a duration            | true  | "CARDS_TOKEN": "x", "CARDS_TIMEOUT": "250ms"
          no duration           | false | "CARDS_TOKEN": "x", "CARDS_TIMEOUT": "250"
          a choice              | true  | "CARDS_TOKEN": "x", "CARDS_LEVEL": "warn"
          no choice             | false | "CARDS_TOKEN": "x", "CARDS_LEVEL": "loud"
          """)
  void theSchemaAcceptsWhatTheBinderAccepts(String name, boolean valid, String members) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema());
    String port = members.contains("CARDS_PORT") ? "" : "\"CARDS_PORT\": \"80\", ";
    String environment = "{\"CARDS_HOST\": \"localhost\", " + port + members + "}";

    assertThat(schema.validate(environment, InputFormat.JSON).isEmpty()).as(name).isEqualTo(valid);
  }

  @Test
  void theSchemaNeedsNoEnvironmentAndReadsWell() {
    assertThat(schema())
        .contains(
            """
                "CARDS_TIMEOUT": {
                  "type": "string",
                  "description": "a duration",
                  "minLength": 1,
            """)
        .contains("\"description\": \"where \\\"cards\\\" live\"")
        .contains("\"default\": \"5s\"")
        .contains("\"required\": [\"CARDS_HOST\", \"CARDS_PORT\"]");
  }

  @Test
  void aProgramWithoutSettingsHasASchemaToo() {
    assertThat(new Configuration().schema()).contains("\"properties\": {}");
  }

  @Test
  void textIsEscapedForJson() {
    assertThat(JsonText.of("\"\\\n\u0001\ud800é")).isEqualTo("\"\\\"\\\\\\n\\u0001\\ud800é\"");
  }
}
