package dev.manyfactor.json;

/// Where a broken rule is reported while reading goes on.
///
/// The reporter knows the place: a [JsonReader] adds the pointer of the value it is at, a parameter
/// its own name.
@FunctionalInterface
public interface Reporter {
  /// Reports one violation; see [Violation] for what `rule` and `detail` hold.
  void violation(String rule, String detail);

  /// The same place, for a value that must not be told.
  default Reporter discreet() {
    return this;
  }
}
