package dev.manyfactor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Holds every snippet and every output of the guide to what really happens.
class GuideTests {
  private static final Path GUIDE = Path.of("../../docs/guides/configuration.md");

  private String guide = "";

  // begin: record
  /// How cards are charged.
  record CardsSettings(
      @Description(value = "the address of the card network", example = "https://cards.example.com")
          java.net.URI url,
      @Default("3s") @Description("how long one attempt may take") Duration attemptTimeout,
      @Default("2") int attempts,
      Optional<Secret> clientSecret) {

    CardsSettings {
      if (attempts < 1) {
        throw new IllegalArgumentException("attempts must be 1 or more but is " + attempts);
      }
    }
  }

  // end: record

  // begin: renamed
  record CaptureSettings(
      @Formerly("patience") @Default("30s") Duration timeout, @Default("8") int workers) {}

  // end: renamed

  @BeforeEach
  void readGuide() throws IOException {
    guide = Files.readString(GUIDE);
  }

  private static Configuration declared() {
    var configuration = new Configuration();
    configuration.declare("CARDS", CardsSettings.class);
    return configuration;
  }

  @Test
  void theRecordsOfTheGuideAreTheseRecords() throws IOException {
    assertThat(guide).contains(source("record").replace("java.net.URI", "URI"));
    assertThat(guide).contains(source("renamed"));
  }

  private static String source(String name) throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/dev/manyfactor/config/GuideTests.java"));
    String begin = "// begin: " + name;
    return source
        .substring(source.indexOf(begin) + begin.length(), source.indexOf("// end: " + name))
        .stripIndent()
        .strip();
  }

  @Test
  void theWarningAndTheProblemOfAFormerNameAreThese() {
    var configuration = new Configuration();
    configuration.declare("CAPTURE", CaptureSettings.class);
    Throwable failure =
        catchThrowable(() ->
            configuration.bind(
                Environment.of(Map.of("CAPTURE_PATIENCE", "1s", "CAPTURE_TIMEOUT", "1s"))));
    configuration.bind(Environment.of(Map.of("CAPTURE_PATIENCE", "1s")));

    assertThat(configuration.warnings()).hasSize(1).allSatisfy(this::guideHas);
    assertThat(failure).isInstanceOf(ConfigurationException.class);
    ((ConfigurationException) failure).problems().forEach(problem -> guideHas(problem.message()));
  }

  private void guideHas(String line) {
    assertThat(guide.lines()).contains(line);
  }

  @Test
  void theProblemsOfTheGuideAreThese() {
    var environment =
        Environment.of(
            Map.of(
                "CARDS_ATTEMPT_TIMEOUT", "3",
                "CARDS_ATEMPTS", "5",
                "CARDS_CLIENT_SECRET_FILE", "/etc/no-such-file"));

    Throwable failure = catchThrowable(() -> declared().bind(environment));

    assertThat(guide).contains(String.valueOf(failure.getMessage()));
  }

  @Test
  void theEffectiveValuesOfTheGuideAreThese() {
    var configuration = declared();
    configuration.bind(
        Environment.of(
            Map.of("CARDS_URL", "https://cards.example.com", "CARDS_CLIENT_SECRET", "s3cr3t")));

    String table =
        configuration.effective().stream()
            .map(each ->
                "%-24s %-28s %s"
                    .formatted(each.variable(), each.value(), each.source())
                    .stripTrailing())
            .collect(Collectors.joining("\n"));
    assertThat(guide).contains(table);
  }
}
