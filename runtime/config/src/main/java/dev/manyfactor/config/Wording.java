package dev.manyfactor.config;

import java.util.List;
import java.util.Optional;

/// The sentences in which problems are told; no sentence holds a secret.
final class Wording {
  private Wording() {}

  static Problem missing(Setting setting, Optional<String> misspelt) {
    String message =
        setting.variable()
            + " is not set; "
            + remedy(setting)
            + misspelt.map(name -> " (" + name + " is set: is that a misspelling?)").orElse("");
    return new Problem(setting.variable(), message);
  }

  static Problem wrong(Setting setting, String text, String rule) {
    String message =
        setting.variable()
            + " must be "
            + rule
            + (setting.isSecret() ? "" : " but is " + Shown.text(text))
            + setting.forExample();
    return new Problem(setting.variable(), message);
  }

  static Problem refused(Setting setting, String text, String why) {
    String message =
        switch (setting.type().secrecy()) {
          case OPEN -> " is refused: " + Shown.sentence(why);
          case DISCREET -> " is refused: " + Shown.sentence(why.replace(text, Secret.MASK));
          case SILENT -> " must be " + setting.type().noun();
        };
    return new Problem(setting.variable(), setting.variable() + message + setting.forExample());
  }

  /// Of a setting that is given more than once.
  ///
  /// @param set the variables that are set for it, at least two
  static Problem several(Setting setting, List<String> set) {
    List<String> current = setting.variables().toList();
    List<String> deprecated = set.stream().filter(name -> !current.contains(name)).toList();
    String remedy =
        deprecated.isEmpty() || deprecated.size() == set.size()
            ? "unset one of them"
            : "unset " + String.join(" and ", deprecated) + ", which is deprecated";
    return new Problem(setting.variable(), String.join(" and ", set) + " are both set; " + remedy);
  }

  static Problem unknown(String variable, String remedy) {
    return new Problem(variable, variable + " is not a setting; " + remedy);
  }

  /// What to do about a variable without a value.
  static String remedy(Setting setting) {
    String set = "set it to " + setting.noun() + setting.forExample();
    if (setting.isSecret()) {
      set += ", or set " + setting.fileVariable() + " to " + file(setting);
    }
    return switch (setting.presence()) {
      case Setting.Presence.Required() -> set;
      case Setting.Presence.Voluntary() -> "unset it, or " + set;
      case Setting.Presence.Defaulted(String text) ->
          "unset it for the default " + text + ", or " + set;
    };
  }

  static String file(Setting setting) {
    return "the absolute path of a file that holds "
        + (setting.meaning().isEmpty() ? "the value" : setting.meaning());
  }
}
