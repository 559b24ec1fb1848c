package dev.manyfactor.web;

import java.nio.charset.StandardCharsets;

/// A form as a client sends it, written by hand so that it can be wrong in any way.
record Form(String boundary, String parts) {

  static Form of() {
    return new Form("a-boundary", "");
  }

  Form withBoundary(String other) {
    return new Form(other, parts.replace("--" + boundary + "\r\n", "--" + other + "\r\n"));
  }

  Form field(String name, String value) {
    return part("Content-Disposition: form-data; name=\"" + name + "\"\r\n", value);
  }

  Form file(String name, String fileName, String mediaType, String content) {
    return part(
        "Content-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n"
            .formatted(name, fileName, mediaType),
        content);
  }

  /// A part with any headers, each of which ends with a line break.
  Form part(String headers, String content) {
    return new Form(
        boundary, parts + "--" + boundary + "\r\n" + headers + "\r\n" + content + "\r\n");
  }

  /// All of it as ISO 8859-1, one byte per character.
  String body() {
    return parts + "--" + boundary + "--\r\n";
  }

  String contentType() {
    return "Content-Type: multipart/form-data; boundary=" + boundary;
  }

  /// A text whose bytes in ISO 8859-1 are those of `text` in UTF-8.
  static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
