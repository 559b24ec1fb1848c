package dev.manyfactor.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.config.Secret;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresUrlTests {

  @Test
  void everyPartOfAnAddressIsRead() {
    var url =
        PostgresUrl.parse("postgres://app:s%40crt%2F1@db.example:6543/pay%20ments?sslmode=require");
    assertThat(url)
        .isEqualTo(
            new PostgresUrl(
                "db.example",
                6543,
                "pay ments",
                "app",
                Optional.of(Secret.of("s@crt/1")),
                Map.of("sslmode", "require")));
  }

  @Test
  void portAndPasswordMayBeLeftOut() {
    var url = PostgresUrl.parse("postgresql://app@localhost/app");
    assertThat(url.port()).isEqualTo(5432);
    assertThat(url.password()).isEmpty();
  }

  @Test
  void aHostMayBeAnAddressOfVersion6() {
    assertThat(PostgresUrl.parse("postgres://app@[::1]:5433/app").host()).isEqualTo("::1");
    assertThat(PostgresUrl.parse("postgres://app@[::1]/app").port()).isEqualTo(5432);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mysql://app:secret@h/d | does not start with postgres://",
        "jdbc:postgresql://h/d?password=secret | starts with jdbc:",
        "postgres://h/d | has no user",
        "postgres://:secret@h/d | has no user",
        "postgres://app:secret@h | names no database",
        "postgres://app:secret@h/ | names no database",
        "postgres://app:secret@h/a/b | names no database",
        "postgres://app:secret@/d | has no host",
        "postgres://app:secret@h:0/d | has a port that is not a number from 1 to 65535",
        "postgres://app:secret@h:65536/d | has a port that is not a number from 1 to 65535",
        "postgres://app:secret@h:port/d | has a port that is not a number from 1 to 65535",
        "postgres://app:sec@ret@h/d | in a password write @ as %40",
        "postgres://app:sec/ret@h/d | in a password write @ as %40",
        "postgres://app:secret%@h/d | write % itself as %25",
        "postgres://app:secret@h b/d | neither a name nor an address",
        "postgres://app:secret@h/d?sslmode=on | has an sslmode that is none of",
        "postgres://app:secret@h/d?socketTimeout=0 | has a parameter other than",
      })
  void whatIsWrongIsSaidWithoutThePassword(String text, String message) {
    assertThatThrownBy(() -> PostgresUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("sec");
  }

  @Test
  void thePasswordIsNotPrinted() {
    var url = PostgresUrl.parse("postgres://app:hunter2@h/d");
    assertThat(url.toString()).isEqualTo("postgres://app@h:5432/d");
    assertThat(DatabaseSettings.of(url).toString()).doesNotContain("hunter2");
  }
}
