package dev.manyfactor.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the author of a record is told when the record cannot be read from an environment.
class RecordReaderTests {

  record Unsupported(Map<String, String> map) {}

  record UnsupportedOptional(Optional<Date> when) {}

  record WrongDefault(@Default("soon") int count) {}

  record EmptyDefault(@Default("") String text) {}

  record TwiceAbsent(@Default("1") Optional<Integer> count) {}

  record DefaultSecret(@Default("changeit") Secret secret) {}

  record Count(@Default("1") int count) {}

  record OtherCount(@Default("1") int count) {}

  record TokenFile(Secret token, @Default("x") String tokenFile) {}

  static Object[][] mistakes() {
    return new Object[][] {
      {Unsupported.class, "Unsupported.map must be String, int,"},
      {UnsupportedOptional.class, "UnsupportedOptional.when must be"},
      {WrongDefault.class, "WrongDefault.count has a default that is not a whole number"},
      {EmptyDefault.class, "EmptyDefault.text has a default that is not a text"},
      {TwiceAbsent.class, "TwiceAbsent.count must be Optional or have a default, not both"},
      {DefaultSecret.class, "DefaultSecret.secret is a secret and must not have a default"},
      {TokenFile.class, "TokenFile must not declare TOKEN_FILE"},
    };
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aRecordThatCannotBeReadIsRefusedWhenItIsDeclared(
      Class<? extends Record> type, String message) {
    assertThatThrownBy(() -> new Configuration().declare("", type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void oneVariableHasOneOwner() {
    var configuration = new Configuration();
    configuration.declare("", Count.class);

    assertThatThrownBy(() -> configuration.declare("", OtherCount.class))
        .hasMessage("OtherCount must not declare COUNT, which is declared already");
  }

  @Test
  void aPrefixIsWrittenLikeAVariable() {
    assertThatThrownBy(() -> new Configuration().declare("cards", Count.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"cards\"");
  }
}
