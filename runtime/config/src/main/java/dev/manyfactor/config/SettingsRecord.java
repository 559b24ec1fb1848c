package dev.manyfactor.config;

import java.util.List;
import java.util.stream.Stream;

/// A record of settings under one prefix.
///
/// @param component the component it fills in another record; empty if it was declared itself
/// @param prefix what its variables start with; empty for none
/// @param parts one per record component, in order
record SettingsRecord(
    String component, String prefix, Class<? extends Record> type, List<Part> parts)
    implements Part {

  /// All its variables, those of nested records included.
  Stream<Setting> settings() {
    return parts.stream()
        .flatMap(part ->
            switch (part) {
              case Setting setting -> Stream.of(setting);
              case SettingsRecord nested -> nested.settings();
            });
  }
}
