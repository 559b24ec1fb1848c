package dev.manyfactor.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.manyfactor.context.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTests {

  @Test
  void noArgumentsAskForTheList() {
    assertThat(parse()).isEqualTo(new Command.Usage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "worker", "scheduler", "all"})
  void processTypeIsServed(String word) {
    assertThat(parse(word)).isEqualTo(new Command.Serve(ProcessType.named(word).orElseThrow()));
  }

  @Test
  void taskTakesOptionsInBothSpellings() {
    assertThat(parse("seed", "--tenant", "acme", "--payments=5"))
        .isEqualTo(new Command.RunTask("seed", new Tenant("acme"), Map.of("payments", "5")));
  }

  @Test
  void everyMistakeIsNamedAtOnce() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> parse("seed", "loose", "--twice=1", "--twice=2", "--last"))
        .withMessageContaining("loose")
        .withMessageContaining("--twice is given twice")
        .withMessageContaining("--last needs a value")
        .withMessageContaining("--tenant");
  }

  @ParameterizedTest
  @ValueSource(strings = {"webb", "--port", "Migrate", ""})
  void unknownWordIsRefused(String word) {
    assertThatExceptionOfType(UsageException.class).isThrownBy(() -> parse(word));
  }

  @Test
  void flagOfAnotherCommandIsRefused() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> parse("migrate", "--schema"))
        .withMessageContaining("--status");
  }

  private static Command parse(String... arguments) {
    return Command.parse(List.of(arguments), Set.of("seed"));
  }
}
