package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.manyfactor.formation.Variable.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The variables of payments are what its `config --schema` has printed.
class VariablesTests {
  private final Map<String, Variable> payments =
      Variables.of(text("payments.config.schema.json")).stream()
          .collect(Collectors.toMap(Variable::name, variable -> variable));

  @Test
  void whatIsRequiredIsToldAlsoWhereAFileWouldDo() {
    assertThat(payments.values())
        .filteredOn(Variable::required)
        .extracting(Variable::name)
        .containsExactlyInAnyOrder("DATABASE_URL", "CARDS_URL", "OIDC_ISSUER", "OIDC_AUDIENCE");
  }

  @Test
  void whatIsWrittenOnlyIsSecret() {
    assertThat(payments.values())
        .filteredOn(Variable::secret)
        .extracting(Variable::name)
        .containsExactlyInAnyOrder("DATABASE_URL", "DATABASE_MIGRATION_URL", "CARDS_CLIENT_SECRET");
  }

  @Test
  void theFileOfAVariableIsNoneItself() {
    assertThat(payments).hasSize(46).doesNotContainKey("DATABASE_URL_FILE");
    assertThat(Variables.of("{\"properties\":{\"DATA_FILE\":{}}}"))
        .containsExactly(new Variable("DATA_FILE", Kind.TEXT, false, false, Optional.empty()));
  }

  @Test
  void kindsAreToldByFormatPatternChoiceAndExample() {
    assertThat(kinds("PORT", "DATABASE_POOL_SIZE", "WEB_RATE_LIMIT")).containsOnly(Kind.NUMBER);
    assertThat(kinds("DRAIN_DELAY", "OIDC_LEEWAY", "IDEMPOTENCY_RETENTION"))
        .containsOnly(Kind.DURATION);
    assertThat(kinds("CARDS_URL", "OIDC_ISSUER", "DATABASE_URL")).containsOnly(Kind.URL);
    assertThat(kinds("RESPONSE_CHECK")).containsOnly(Kind.BOOLEAN);
    assertThat(kinds("RELEASE", "LOG_LEVEL", "OIDC_ALGORITHMS", "SETTLE_SCHEDULE", "HOST"))
        .containsOnly(Kind.TEXT);
  }

  @Test
  void anExampleIsTakenWhereThereIsOneAndIsOfItsKind() {
    assertThat(variable("CARDS_URL").example()).contains("http://localhost:8081");
    assertThat(variable("LOG_LEVEL").example()).contains("info");
    assertThat(variable("CARDS_CLIENT_SECRET").example()).isEmpty();
    assertThat(payments.values())
        .allSatisfy(
            variable -> assertThat(variable.example().stream()).allMatch(variable.kind()::accepts));
  }

  @Test
  void aSchemaOfSomebodyElseIsReadToo() {
    List<Variable> variables =
        Variables.of(
            """
            {"type": "object", "required": ["PORT"], "properties": {
              "PORT": {"type": "integer", "default": 3000},
              "DEBUG": {"type": "boolean"},
              "CODE": {"type": "string", "pattern": "(?<broken"},
              "COLOUR": {"enum": ["red", "blue"]},
              "not a name": {}}}
            """);
    assertThat(variables)
        .containsExactly(
            new Variable("PORT", Kind.NUMBER, true, false, Optional.of("3000")),
            new Variable("DEBUG", Kind.BOOLEAN, false, false, Optional.empty()),
            new Variable("CODE", Kind.TEXT, false, false, Optional.empty()),
            new Variable("COLOUR", Kind.TEXT, false, false, Optional.of("red")));
  }

  @Test
  void whatIsNoSchemaIsRefused() {
    for (String text : List.of("", "usage: config", "[]", "{}", "{\"properties\": []}", "nul")) {
      FormationException refused =
          catchThrowableOfType(FormationException.class, () -> Variables.of(text));
      assertThat(refused).as(text).hasMessageContaining("the schema of the variables");
      assertThat(refused.exitCode()).isEqualTo(78);
    }
  }

  private List<Kind> kinds(String... names) {
    return List.of(names).stream().map(name -> variable(name).kind()).toList();
  }

  private Variable variable(String name) {
    return Objects.requireNonNull(payments.get(name), name);
  }

  private static String text(String resource) {
    try (InputStream file = VariablesTests.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
