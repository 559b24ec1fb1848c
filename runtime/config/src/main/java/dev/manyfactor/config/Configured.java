package dev.manyfactor.config;

import org.jspecify.annotations.Nullable;

/// A handle on a settings record: declared now, readable once the configuration is bound.
///
/// Ask for the value where it is used and keep no copy of it. Safe on many threads.
///
/// @param <R> the settings record
public final class Configured<R extends Record> {
  private final String name;
  private volatile @Nullable R value;

  Configured(String name) {
    this.name = name;
  }

  /// A handle that holds `value` from the start, for a program or a test without an environment.
  public static <R extends Record> Configured<R> of(R value) {
    var configured = new Configured<R>(value.getClass().getSimpleName());
    configured.value = value;
    return configured;
  }

  /// The settings.
  ///
  /// @throws IllegalStateException before [Configuration#bind]
  public R value() {
    R bound = value;
    if (bound == null) {
      throw new IllegalStateException(
          name + " is not bound yet; call Configuration.bind before the settings are used");
    }
    return bound;
  }

  void bind(R settings) {
    value = settings;
  }
}
