package dev.manyfactor.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// What the headers of a part of a form say of it.
final class PartHead {
  private static final int LONGEST_FILE_NAME = 255;
  private static final Set<String> PLAIN_ENCODINGS = Set.of("7bit", "8bit", "binary");

  private final List<String> dispositions = new ArrayList<>(1);
  private Optional<String> contentType = Optional.empty();
  private Optional<String> transferEncoding = Optional.empty();

  void add(String name, String value) {
    if (HttpHeader.CONTENT_DISPOSITION.is(name)) {
      dispositions.add(value);
    } else if (HttpHeader.CONTENT_TYPE.is(name)) {
      contentType = Optional.of(value);
    } else if (name.equalsIgnoreCase("Content-Transfer-Encoding")) {
      transferEncoding = Optional.of(value.strip().toLowerCase(Locale.ROOT));
    }
  }

  /// Whether it says once that it is part of a form.
  boolean isFormData() {
    return dispositions.size() == 1
        && MediaTypes.essence(dispositions.getFirst()).equals("form-data");
  }

  /// What it says it is.
  String mediaType() {
    return contentType.map(MediaTypes::essence).orElse(MediaTypes.UNKNOWN);
  }

  /// The name that the client gave the file, without the folders in which it lay there; empty if
  /// nothing is left.
  Optional<String> fileName(@Nullable String given) {
    String name = given == null ? "" : given;
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    return Optional.of(last).filter(text -> !text.isBlank() && !text.matches("\\.{1,2}"));
  }

  /// Each rule that they break.
  List<PartFault> faults(FormPart rule, @Nullable String fileName) {
    var faults = new ArrayList<PartFault>(0);
    String name = rule.name();
    if (transferEncoding.isPresent() && !PLAIN_ENCODINGS.contains(transferEncoding.get())) {
      faults.add(new PartFault(name, "contentEncoding", "must be sent as it is, not encoded"));
    }
    Optional<String> expected = expected(rule);
    expected.ifPresent(
        types -> faults.add(new PartFault(name, "contentMediaType", "must be " + types)));
    if (fileName != null && !isGood(fileName)) {
      faults.add(
          new PartFault(
              name,
              "filename",
              "must be at most " + LONGEST_FILE_NAME + " characters, none of them a control"));
    }
    return faults;
  }

  /// What the media type has to be, if it is something else.
  private Optional<String> expected(FormPart rule) {
    return switch (rule.kind()) {
      case FIELD ->
          Optional.of("text in UTF-8: no Content-Type, or text/plain").filter(_ -> !isText());
      case DOCUMENT ->
          Optional.of("application/json in UTF-8")
              .filter(_ -> !mediaType().equals("application/json") || !isUtf8());
      case FILE ->
          Optional.of(ranges(rule))
              .filter(_ ->
                  !MediaTypes.isWellFormed(mediaType())
                      || !MediaTypes.allows(rule.mediaTypes(), mediaType()));
    };
  }

  private static String ranges(FormPart rule) {
    return rule.mediaTypes().isEmpty()
        ? "of a well-formed media type"
        : String.join(" or ", rule.mediaTypes().stream().sorted().toList());
  }

  private boolean isText() {
    return contentType.isEmpty() || (mediaType().equals("text/plain") && isUtf8());
  }

  private boolean isUtf8() {
    String parameters = contentType.orElse("").toLowerCase(Locale.ROOT).replace("\"", "");
    int charset = parameters.indexOf("charset=");
    String name = charset < 0 ? "utf-8" : parameters.substring(charset + "charset=".length());
    return name.startsWith("utf-8") || name.startsWith("us-ascii");
  }

  private static boolean isGood(String fileName) {
    return fileName.codePointCount(0, fileName.length()) <= LONGEST_FILE_NAME
        && fileName.chars().noneMatch(Character::isISOControl);
  }
}
