package dev.manyfactor.web;

import dev.manyfactor.json.Violation;

/// A rule that a part of a form breaks.
///
/// @param name of the part, as it came
record PartFault(String name, String rule, String detail) {
  private static final int LONGEST_SHOWN = 64;

  Violation violation() {
    return new Violation(pointer(name), rule, detail);
  }

  /// The place of a part in a form: `/file`.
  static String pointer(String name) {
    String shown =
        name.codePointCount(0, name.length()) <= LONGEST_SHOWN
            ? name
            : name.substring(0, name.offsetByCodePoints(0, LONGEST_SHOWN)) + "…";
    return "/" + shown.replace("~", "~0").replace("/", "~1");
  }
}
