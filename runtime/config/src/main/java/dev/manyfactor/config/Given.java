package dev.manyfactor.config;

import java.util.List;
import java.util.stream.Stream;

/// What the environment holds for one setting.
sealed interface Given {

  /// A text that is not empty.
  ///
  /// @param as the setting under the name that was set, which may be a former one
  record Text(String text, EffectiveValue.Source source, Setting as) implements Given {}

  /// Nothing.
  record Nothing() implements Given {}

  /// Something that cannot be taken.
  record Unusable(Problem problem) implements Given {}

  static Given of(Setting setting, Environment environment) {
    List<String> set =
        setting.allVariables().filter(name -> environment.value(name).isPresent()).toList();
    return switch (set.size()) {
      case 0 -> new Nothing();
      case 1 -> single(setting, set.getFirst(), environment.value(set.getFirst()).orElseThrow());
      default -> new Unusable(Wording.several(setting, set));
    };
  }

  private static Given single(Setting setting, String name, String value) {
    Setting as =
        Stream.concat(Stream.of(setting), setting.former())
            .filter(each -> each.variables().anyMatch(name::equals))
            .findFirst()
            .orElseThrow();
    return name.equals(as.variable()) ? checked(as, value) : fromFile(as, value);
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
    return new Text(text, EffectiveValue.Source.ENVIRONMENT, setting);
  }

  private static Given fromFile(Setting setting, String name) {
    return switch (SecretFile.read(name)) {
      case SecretFile.Content.Text(String text) ->
          new Text(text, EffectiveValue.Source.FILE, setting);
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
