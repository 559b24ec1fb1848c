package dev.manyfactor.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.config.Configuration;
import dev.manyfactor.web.Access;
import dev.manyfactor.web.BodyRule;
import dev.manyfactor.web.Handler;
import dev.manyfactor.web.Idempotent;
import dev.manyfactor.web.Method;
import dev.manyfactor.web.Operation;
import dev.manyfactor.web.Response;
import dev.manyfactor.web.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The reference of settings says what the settings records say.
///
/// After a change run the test with `-Dwrite.pages=true`, which writes it.
class SettingsPageTests {
  private static final Path PAGE = Path.of("../../docs/reference/settings.md");
  private static final String START = "<!-- from here on written by SettingsPageTests -->\n";

  private final SettingsPage page = new SettingsPage(SettingsPageTests::everything);

  /// A service that has everything that a service can have.
  private static Configuration everything() {
    var service =
        new Composition(
            "example", SettingsPageTests.class.getClassLoader(), Surroundings.ofProcess());
    service.database();
    service.upstream("upstream");
    service.schedule("timetable", "0 2 * * *", (write, instant) -> {});
    service.web(
        new Routes(
            "example.openapi.yaml",
            List.of(
                new Operation(
                    "look",
                    Method.GET,
                    "/look",
                    new Access.Scopes(Set.of("look")),
                    new Idempotent.Safe(),
                    Duration.ofSeconds(10),
                    BodyRule.NONE,
                    new Handler.Plain(input -> context -> Response.empty(204))))));
    return service.configuration();
  }

  @Test
  void thePageListsEverySetting() throws IOException {
    String written = Files.readString(PAGE);
    String actual = written.substring(0, written.indexOf(START)) + START + page.text();
    if (Boolean.getBoolean("write.pages")) {
      Files.writeString(PAGE, actual);
    }
    assertThat(Files.readString(PAGE))
        .as("%s differs from the settings records; run with -Dwrite.pages=true", PAGE)
        .isEqualTo(actual);
  }

  @Test
  void everySettingIsInOneSection() {
    assertThat(page.misplaced()).isEmpty();
  }

  @Test
  void boundsAreThoseThatAreEnforced() {
    assertThat(page.text())
        .contains("| a whole number, 1 to 200 | `10` |")
        .contains("| a duration, 250ms to 1m | `3s` |")
        .contains("| `<NAME>_CLIENT_SECRET`<br>or `<NAME>_CLIENT_SECRET_FILE` |");
  }
}
