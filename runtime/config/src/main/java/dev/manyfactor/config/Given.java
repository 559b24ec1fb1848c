package dev.manyfactor.config;

/// What the environment holds for one setting.
sealed interface Given {

  /// A text that is not empty.
  record Text(String text, EffectiveValue.Source source) implements Given {}

  /// Nothing.
  record Nothing() implements Given {}

  /// Something that cannot be taken.
  record Unusable(Problem problem) implements Given {}

  static Given of(Setting setting, Environment environment) {
    String variable = setting.variable();
    var value = environment.value(variable);
    if (setting.isSecret()) {
      var file = environment.value(setting.fileVariable());
      if (file.isPresent()) {
        return value.isPresent() ? both(setting) : fromFile(setting, file.get());
      }
    }
    if (value.isEmpty()) {
      return new Nothing();
    }
    return checked(setting, value.get());
  }

  private static Given checked(Setting setting, String text) {
    if (text.isBlank()) {
      return unusable(
          setting, setting.variable() + " is set but empty; " + Wording.remedy(setting));
    }
    if (!setting.isSecret() && !text.equals(text.strip())) {
      return unusable(
          setting,
          setting.variable()
              + " must not begin or end with white space but is "
              + Shown.text(text));
    }
    return new Text(text, EffectiveValue.Source.ENVIRONMENT);
  }

  private static Given both(Setting setting) {
    return unusable(
        setting,
        setting.variable() + " and " + setting.fileVariable() + " are both set; unset one of them");
  }

  private static Given fromFile(Setting setting, String name) {
    return switch (SecretFile.read(name)) {
      case SecretFile.Content.Text(String text) -> new Text(text, EffectiveValue.Source.FILE);
      case SecretFile.Content.Unusable(String why) ->
          unusable(
              setting,
              setting.fileVariable() + " names " + why + "; set it to " + Wording.file(setting));
    };
  }

  private static Given unusable(Setting setting, String message) {
    return new Unusable(new Problem(setting.variable(), message));
  }
}
