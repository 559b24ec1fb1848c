package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.document.Octets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A part of a form, as it is written.
///
/// @param fileName empty where it is no file
/// @param mediaType empty where none is said
record FormPart(
    String name, Optional<String> fileName, Optional<String> mediaType, Octets content) {

  static FormPart text(String name, String text) {
    return new FormPart(name, Optional.empty(), Optional.empty(), Octets.of(Maker.bytes(text)));
  }

  FormPart typed(String otherType) {
    return new FormPart(name, fileName, Optional.of(otherType), content);
  }

  FormPart holding(byte[] bytes) {
    return new FormPart(name, fileName, mediaType, Octets.of(bytes));
  }

  /// A form of these parts.
  static Payload form(List<FormPart> parts, String boundary) {
    var bytes = new ByteArrayOutputStream();
    for (FormPart part : parts) {
      bytes.writeBytes(ascii("--" + boundary + "\r\n" + part.head() + "\r\n"));
      bytes.writeBytes(part.content.array());
      bytes.writeBytes(ascii("\r\n"));
    }
    bytes.writeBytes(ascii("--" + boundary + "--\r\n"));
    return new Payload("multipart/form-data; boundary=" + boundary, Octets.of(bytes.toByteArray()));
  }

  private String head() {
    return "Content-Disposition: form-data; name=\""
        + name
        + '"'
        + fileName.map(it -> "; filename=\"" + it + '"').orElse("")
        + "\r\n"
        + mediaType.map(it -> "Content-Type: " + it + "\r\n").orElse("");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
