package dev.manyfactor.fuzz.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the body of a request may be.
public sealed interface ApiContent {
  /// A JSON document.
  record Json(Shape shape) implements ApiContent {}

  /// A form of parts (`multipart/form-data`).
  ///
  /// @param required the names of parts that must be there
  record Form(Map<String, Part> parts, Set<String> required) implements ApiContent {}

  /// One file.
  record Body(File file) implements ApiContent {}

  /// A part of a form.
  sealed interface Part {}

  /// Text, or several for a list.
  record Field(Shape shape) implements Part {}

  /// A JSON document.
  record Document(Shape shape) implements Part {}

  /// Files.
  ///
  /// @param least how many there are at least, where there is one
  /// @param most how many there may be
  record Files(File file, int least, int most) implements Part {}

  /// Bytes.
  ///
  /// @param mediaTypes what they may be; a range such as `image/*` too, empty for anything
  /// @param mostBytes how many
  record File(List<String> mediaTypes, int mostBytes) {
    /// Copies the types.
    public File {
      mediaTypes = List.copyOf(mediaTypes);
    }
  }

  /// The shape, where the body is a document.
  default Optional<Shape> json() {
    return this instanceof Json(var shape) ? Optional.of(shape) : Optional.empty();
  }
}
