package dev.manyfactor.web;

import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Json;
import dev.manyfactor.json.Parsed;
import dev.manyfactor.json.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A request as its operation's preparation reads it, and the violations found on the way.
///
/// Belongs to one request and one thread. A query parameter that was never asked for is a violation
/// too, so that a misspelt filter is not silently ignored; an unknown header is not, unless it is a
/// condition of a request with an effect.
public final class Input {
  private static final int LONGEST_NAME_SHOWN = 64;
  private static final List<String> CONDITIONS = List.of("if-match", "if-unmodified-since");
  private static final String MALFORMED_QUERY =
      "must be percent-encoded UTF-8 without U+0000, of at most "
          + QueryString.MOST
          + " parameters";

  private final Incoming incoming;
  private final QueryString query;
  private final Received body;
  private final List<String> asked = new ArrayList<>(4);
  private final List<String> askedHeaders = new ArrayList<>(0);
  private final List<Violation> violations = new ArrayList<>(0);
  private boolean unread;

  Input(Incoming incoming, Received body) {
    this.incoming = incoming;
    this.body = body;
    this.query = queryOf(incoming);
    if (body instanceof Received.Form form) {
      form.faults().forEach(fault -> violation(fault.violation()));
    }
  }

  private QueryString queryOf(Incoming request) {
    Optional<QueryString> parsed = QueryString.parse(request.query());
    if (parsed.isEmpty()) {
      violation(new Violation("query", "format", MALFORMED_QUERY));
      unread = true;
    }
    return parsed.orElse(QueryString.NONE);
  }

  /// A parameter of the path template; always present.
  ///
  /// @throws IllegalArgumentException if the template has no such parameter
  public Parameter path(String name) {
    return new Parameter(this, "path." + name, List.of(incoming.pathValue(name)));
  }

  /// A query parameter; given twice, it is a violation unless it is read as a list.
  public Parameter query(String name) {
    asked.add(name);
    return new Parameter(this, "query." + name, query.values(name));
  }

  /// A query parameter that is a list with commas between its values (`explode: false`); a comma
  /// within a value is written `%2C`.
  public Parameter queryList(String name) {
    asked.add(name);
    return new Parameter(this, "query." + name, query.separated(name));
  }

  /// A query parameter that is a list with spaces between its values, written `%20` or `+`; a value
  /// cannot hold one.
  public Parameter querySpacedList(String name) {
    return queryList(name, ' ');
  }

  /// A query parameter that is a list with bars between its values, written `%7C`; a value cannot
  /// hold one.
  public Parameter queryPipedList(String name) {
    return queryList(name, '|');
  }

  private Parameter queryList(String name, char separator) {
    asked.add(name);
    List<String> values =
        query.values(name).stream().flatMap(joined -> split(joined, separator)).toList();
    return new Parameter(this, "query." + name, values);
  }

  /// A parameter of the path template that is a list with commas between its values; a value cannot
  /// hold one.
  ///
  /// @throws IllegalArgumentException if the template has no such parameter
  public Parameter pathList(String name) {
    return new Parameter(this, "path." + name, split(incoming.pathValue(name), ',').toList());
  }

  private static Stream<String> split(String joined, char separator) {
    return Arrays.stream(joined.split(Pattern.quote(String.valueOf(separator)), -1));
  }

  /// A request header that is a list (RFC 9110, section 5.6.1): with commas between its values, on
  /// one line or on several; empty values do not count.
  public Parameter headerList(String name) {
    List<String> values =
        incoming.header(name).stream()
            .flatMap(joined -> Arrays.stream(joined.split(",")))
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .toList();
    return header(name, values);
  }

  /// A request header; several lines are joined by a comma (RFC 9110, section 5.3).
  public Parameter header(String name) {
    return header(name, incoming.header(name).map(List::of).orElse(List.of()));
  }

  private Parameter header(String name, List<String> values) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    askedHeaders.add(lowerCase);
    return new Parameter(this, "header." + lowerCase, values);
  }

  /// The decoded body; `null` if there is none or if it has violations, which are then recorded.
  public <T> @Nullable T body(Codec<T> codec) {
    return body instanceof Received.Document(var bytes) && bytes.length > 0
        ? parsed(bytes, codec, "")
        : null;
  }

  /// The body that is a file; `null` if there is none.
  public @Nullable Upload file() {
    return body instanceof Received.File file ? file.upload() : null;
  }

  /// The body that is a form; one without parts if there is none.
  public FormInput form() {
    return new FormInput(this, body instanceof Received.Form form ? form.parts() : List.of());
  }

  /// A document, with its violations recorded under `place`.
  <T> @Nullable T parsed(byte[] document, Codec<T> codec, String place) {
    return switch (Json.parse(document, codec)) {
      case Parsed.Valid<T> valid -> valid.value();
      case Parsed.Invalid<T> invalid -> {
        for (Violation found : invalid.violations()) {
          violation(new Violation(place + found.pointer(), found.rule(), found.detail()));
        }
        yield null;
      }
      case Parsed.Malformed<T> malformed -> {
        violation(new Violation(place, "json", malformed.detail()));
        yield null;
      }
    };
  }

  /// Records a violation; the request is then answered with 400.
  public void violation(Violation violation) {
    boolean isOfUnreadQuery = unread && violation.pointer().startsWith("query.");
    if (!isOfUnreadQuery && !isAboutRefusedPart(violation)) {
      violations.add(violation); // what cannot be read is not known to be missing
    }
  }

  /// Whether it says that a part is absent which was only not taken, and that has been told.
  private boolean isAboutRefusedPart(Violation violation) {
    return body instanceof Received.Form form
        && violation.rule().equals("required")
        && form.faults().stream()
            .anyMatch(fault -> fault.violation().pointer().equals(violation.pointer()));
  }

  /// Everything that is wrong with the request, once its preparation has read it.
  List<Violation> violations() {
    for (QueryString.Pair pair : query.pairs()) {
      if (!asked.contains(pair.name())) {
        asked.add(pair.name());
        violation(new Violation("query." + shown(pair.name()), "unknown", "is no parameter here"));
      }
    }
    refuseConditions();
    return violations;
  }

  /// A request with an effect that asks for a condition which nobody looks at would be done without
  /// it; a read is asked for again, or done at worst.
  private void refuseConditions() {
    if (incoming.route().operation().method() != Method.GET) {
      for (String name : CONDITIONS) {
        if (!askedHeaders.contains(name) && incoming.header(name).isPresent()) {
          violation(
              new Violation("header." + name, "unknown", "is a condition that is not looked at"));
        }
      }
    }
  }

  private static String shown(String name) {
    if (name.codePointCount(0, name.length()) <= LONGEST_NAME_SHOWN) {
      return name;
    }
    return name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME_SHOWN)) + "…";
  }
}
