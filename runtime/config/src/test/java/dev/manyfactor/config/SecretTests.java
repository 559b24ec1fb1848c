package dev.manyfactor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTests {
  private static final String CANARY = "canary-c7f1e09b";

  @TempDir private Path folder;

  /// Discreet: its messages are its author's responsibility.
  @Sensitive
  record Address(String text) {
    public static Address parse(String text) {
      if (!text.startsWith("postgres://")) {
        throw new IllegalArgumentException("an address must begin with postgres:// but is " + text);
      }
      return new Address(text);
    }
  }

  /// Indiscreet: repeats the value in its message.
  record Blunt(String text) {
    public static Blunt parse(String text) {
      if (!text.isEmpty()) {
        throw new IllegalArgumentException("no good: " + text.substring(1));
      }
      return new Blunt(text);
    }
  }

  record Token(Secret token) {}

  record Maybe(Optional<Secret> token) {}

  record Discreet(Address url) {}

  record Silent(@Sensitive Blunt url) {}

  record SilentUri(@Sensitive URI url) {}

  record SilentNumber(@Sensitive int number) {}

  record SilentList(@Sensitive List<Integer> numbers) {}

  record Telling(Secret token, @Sensitive String text) {
    Telling {
      throw new IllegalArgumentException("no good: " + token.reveal() + " or " + text);
    }
  }

  record Broken(Secret token) {
    Broken {
      throw new IllegalStateException("no good: " + token.reveal());
    }
  }

  private Secret bound(Map<String, String> environment) {
    var configuration = new Configuration();
    Configured<Token> handle = configuration.declare("", Token.class);
    configuration.bind(Environment.of(environment));
    return handle.value().token();
  }

  private String problem(Map<String, String> environment) {
    return String.valueOf(catchThrowable(() -> bound(environment)).getMessage());
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("token"), content);
  }

  @Test
  void aSecretShowsOnlyToWhoeverAsksForIt() {
    Secret secret = Secret.of(CANARY);

    assertThat(secret.reveal()).isEqualTo(CANARY);
    assertThat(secret).hasToString("(secret)");
    assertThat(new Token(secret)).hasToString("Token[token=(secret)]");
    assertThat(secret).isEqualTo(Secret.of(CANARY)).hasSameHashCodeAs(Secret.of(CANARY));
    assertThat(secret).isNotEqualTo(Secret.of(CANARY + "x"));
    assertThatThrownBy(() -> Secret.of("")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Discreet.class,
        Silent.class,
        SilentUri.class,
        SilentNumber.class,
        SilentList.class,
        Telling.class,
        Broken.class
      })
  void noFailureTellsASecret(Class<? extends Record> type) {
    var configuration = new Configuration();
    configuration.declare("", type);
    String bad = CANARY + " %";

    Throwable failure =
        catchThrowable(() ->
            configuration.bind(
                Environment.of(
                    Map.of("URL", bad, "NUMBER", bad, "NUMBERS", bad, "TOKEN", bad, "TEXT", bad))));

    assertThat(failure).isInstanceOf(RuntimeException.class);
    var trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("c7f1e09b");
  }

  @Test
  void aSensitiveTypeMaySayWhatIsWrong() {
    var configuration = new Configuration();
    configuration.declare("", Discreet.class);

    assertThatThrownBy(() -> configuration.bind(Environment.of(Map.of("URL", "mysql://" + CANARY))))
        .hasMessageContaining(
            "URL is refused: an address must begin with postgres:// but is (secret)");
  }

  @Test
  void effectiveValuesAndSchemaHoldNoSecret() throws IOException {
    var configuration = new Configuration();
    configuration.declare("", Token.class);
    configuration.declare("OTHER", Token.class);
    configuration.bind(
        Environment.of(Map.of("TOKEN", CANARY, "OTHER_TOKEN_FILE", file(CANARY).toString())));

    assertThat(configuration.effective().toString()).doesNotContain(CANARY).contains("FILE");
    assertThat(configuration.schema()).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @ValueSource(strings = {CANARY, CANARY + "\n", CANARY + "\r\n"})
  void aSecretIsReadFromAFileWithoutItsLineEnd(String content) throws IOException {
    assertThat(bound(Map.of("TOKEN_FILE", file(content).toString())).reveal()).isEqualTo(CANARY);
  }

  @Test
  void onlyOneLineEndIsDropped() throws IOException {
    assertThat(bound(Map.of("TOKEN_FILE", file("a \n\n").toString())).reveal()).isEqualTo("a \n");
  }

  @Test
  void aMountedFileMayBeALink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), file(CANARY));

    assertThat(bound(Map.of("TOKEN_FILE", link.toString())).reveal()).isEqualTo(CANARY);
  }

  @Test
  void anOptionalSecretMayComeFromAFile() throws IOException {
    var configuration = new Configuration();
    Configured<Maybe> handle = configuration.declare("", Maybe.class);
    configuration.bind(Environment.of(Map.of("TOKEN_FILE", file(CANARY).toString())));

    assertThat(handle.value().token()).contains(Secret.of(CANARY));
  }

  @Test
  void aVariableAndAFileTogetherAreAProblem() throws IOException {
    assertThat(problem(Map.of("TOKEN", CANARY, "TOKEN_FILE", file(CANARY).toString())))
        .contains("TOKEN and TOKEN_FILE are both set; unset one of them")
        .doesNotContain(CANARY);
  }

  @Test
  void whateverIsWrongWithTheFileIsSaid() throws IOException {
    assertThat(problem(Map.of("TOKEN_FILE", folder + "/none")))
        .contains("TOKEN_FILE names a file that does not exist: \"" + folder + "/none\"");
    assertThat(problem(Map.of("TOKEN_FILE", folder.toString())))
        .contains(folder + "\", which is not a regular file");
    assertThat(problem(Map.of("TOKEN_FILE", file("").toString()))).contains("which is empty");
    assertThat(problem(Map.of("TOKEN_FILE", file("\n").toString()))).contains("which is empty");
    assertThat(problem(Map.of("TOKEN_FILE", file(CANARY.repeat(5000)).toString())))
        .contains("which is larger than 65536 bytes")
        .doesNotContain(CANARY);
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 'x'});
    assertThat(problem(Map.of("TOKEN_FILE", binary.toString()))).contains("which is not UTF-8");
    assertThat(problem(Map.of("TOKEN_FILE", ""))).contains("names no absolute path");
  }

  @Test
  void aFileThatChangesGivesItsNewSecret() throws IOException {
    var configuration = new Configuration();
    Configured<Token> handle = configuration.declare("", Token.class);
    Path file = file("first");
    configuration.bind(Environment.of(Map.of("TOKEN_FILE", file.toString())));

    assertThat(configuration.refresh()).isEmpty();
    Files.writeString(file, "second");
    assertThat(configuration.refresh()).containsExactly("TOKEN");
    assertThat(handle.value().token().reveal()).isEqualTo("second");
    assertThat(configuration.secretFiles()).containsExactly(Map.entry("TOKEN", file));
  }

  record Lengthy(Secret token) {
    Lengthy {
      if (token.reveal().length() < 4) {
        throw new IllegalArgumentException("token must have 4 letters or more");
      }
    }
  }

  @Test
  void aFileThatChangesForTheWorseChangesNothing() throws IOException {
    var configuration = new Configuration();
    Configured<Lengthy> handle = configuration.declare("", Lengthy.class);
    Path file = file("long enough");
    configuration.bind(Environment.of(Map.of("TOKEN_FILE", file.toString())));

    Files.writeString(file, "no");
    assertThatThrownBy(configuration::refresh)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("TOKEN must have 4 letters or more");
    Files.delete(file);
    assertThatThrownBy(configuration::refresh).hasMessageContaining("does not exist");
    assertThat(handle.value().token().reveal()).isEqualTo("long enough");

    Files.writeString(file, "longer still");
    assertThat(configuration.refresh()).containsExactly("TOKEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {CANARY, "/" + CANARY, "postgres://u:" + CANARY + "@h/d", "\0" + CANARY})
  void aSecretGivenInPlaceOfItsFileIsNotTold(String secret) {
    assertThat(problem(Map.of("TOKEN_FILE", secret)))
        .contains("TOKEN_FILE names")
        .doesNotContain(CANARY);
  }
}
