package dev.manyfactor.resilience;

import dev.manyfactor.config.Configuration;
import java.util.Locale;

/// What a call is aimed at, in the words of messages and metrics: never a value of a path or query.
///
/// @param upstream the upstream's name
/// @param method the HTTP method
/// @param template the path with its placeholders
/// @param declared whether the settings come from environment variables
record Target(String upstream, String method, String template, boolean declared) {

  /// What an operator changes to change one of the upstream's settings: a variable, or the setting
  /// by its name when it comes from elsewhere.
  ///
  /// @param suffix of the variable, for example `ATTEMPT_TIMEOUT`
  String setting(String suffix) {
    return declared
        ? Configuration.prefix(upstream) + '_' + suffix
        : "its " + suffix.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public String toString() {
    return upstream + " (" + method + ' ' + (template.isEmpty() ? "/" : template) + ')';
  }
}
