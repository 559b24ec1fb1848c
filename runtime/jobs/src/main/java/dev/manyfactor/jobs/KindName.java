package dev.manyfactor.jobs;

import java.util.Locale;
import java.util.regex.Pattern;

/// The stored name of a payload; the rule is documented at [Kind].
final class KindName {
  private static final Pattern SYNTAX = Pattern.compile("[a-z][a-z0-9.-]{0,99}");
  private static final Pattern HUMP =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private KindName() {}

  static String of(Class<? extends Record> payload) {
    Kind stated = payload.getAnnotation(Kind.class);
    String name = stated != null ? stated.value() : derived(payload);
    if (!SYNTAX.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the kind of %s must be 1 to 100 characters of a-z, 0-9, - and ., starting with a letter, but is \"%s\"; state one with @Kind"
              .formatted(payload.getName(), name));
    }
    return name;
  }

  private static String derived(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    String own = HUMP.matcher(type.getSimpleName()).replaceAll("-").toLowerCase(Locale.ROOT);
    return outer == null ? own : derived(outer) + "." + own;
  }
}
