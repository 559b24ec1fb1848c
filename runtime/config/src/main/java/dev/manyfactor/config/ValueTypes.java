package dev.manyfactor.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The types that a setting may have.
final class ValueTypes {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");
  private static final Map<String, Object> DIGITS = Map.of("pattern", "^-?[0-9]+$");

  private static final ValueType TEXT = new ValueType("a text", "", Map.of(), Parsed.Value::new);
  private static final ValueType INT =
      new ValueType(
          "a whole number",
          "10",
          DIGITS,
          text -> number(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
  private static final ValueType LONG =
      new ValueType(
          "a whole number", "10", DIGITS, text -> number(text, Long.MIN_VALUE, Long.MAX_VALUE));
  private static final ValueType BOOLEAN =
      new ValueType(
          "true or false", "true", Map.of("enum", List.of("true", "false")), ValueTypes::bool);
  private static final ValueType DURATION =
      new ValueType(
          "a duration", "5s", Map.of("pattern", DurationText.PATTERN), DurationText::parse);
  private static final ValueType ADDRESS =
      new ValueType(
          "an absolute URI", "https://example.com", Map.of("format", "uri"), ValueTypes::uri);
  private static final ValueType PATH =
      new ValueType("a path", "/var/lib/app", Map.of(), ValueTypes::path);
  private static final ValueType SECRET =
      new ValueType("a secret", "", Map.of(), text -> new Parsed.Value(Secret.of(text)))
          .with(ValueType.Secrecy.SILENT);

  private static final Map<Class<?>, ValueType> BUILT_IN =
      Map.ofEntries(
          Map.entry(String.class, TEXT),
          Map.entry(int.class, INT),
          Map.entry(Integer.class, INT),
          Map.entry(long.class, LONG),
          Map.entry(Long.class, LONG),
          Map.entry(boolean.class, BOOLEAN),
          Map.entry(Boolean.class, BOOLEAN),
          Map.entry(Duration.class, DURATION),
          Map.entry(URI.class, ADDRESS),
          Map.entry(Path.class, PATH),
          Map.entry(Secret.class, SECRET));

  private ValueTypes() {}

  /// The value type for a class, or none if a variable cannot become one.
  static Optional<ValueType> of(Class<?> type) {
    ValueType builtIn = BUILT_IN.get(type);
    if (builtIn != null) {
      return Optional.of(builtIn);
    }
    return OwnType.of(type).or(() -> type.isEnum() ? Optional.of(choice(type)) : Optional.empty());
  }

  private static Parsed number(String text, long least, long most) {
    if (!WHOLE_NUMBER.matcher(text).matches()) {
      return new Parsed.Wrong("a whole number");
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return new Parsed.Value(
            most == Integer.MAX_VALUE ? (Object) (int) number : (Object) number);
      }
    } catch (NumberFormatException tooLong) {
      // falls through to the same answer
    }
    return new Parsed.Wrong("a whole number from " + least + " to " + most);
  }

  private static Parsed bool(String text) {
    return switch (text) {
      case "true" -> new Parsed.Value(true);
      case "false" -> new Parsed.Value(false);
      default -> new Parsed.Wrong("true or false");
    };
  }

  private static Parsed uri(String text) {
    try {
      URI uri = new URI(text);
      if (uri.isAbsolute()) {
        return new Parsed.Value(uri);
      }
    } catch (URISyntaxException malformed) {
      // its message repeats the text, which may hold a password
    }
    return new Parsed.Wrong("an absolute URI");
  }

  private static Parsed path(String text) {
    try {
      return new Parsed.Value(Path.of(text));
    } catch (InvalidPathException malformed) {
      return new Parsed.Wrong("a path");
    }
  }

  /// An enum: a constant's name as it stands, or in lower case with hyphens.
  private static ValueType choice(Class<?> type) {
    List<Enum<?>> constants =
        Arrays.stream(type.getEnumConstants()).<Enum<?>>map(Enum.class::cast).toList();
    List<String> words = constants.stream().map(ValueTypes::word).toList();
    List<String> accepted =
        Stream.concat(words.stream(), constants.stream().map(Enum::name)).distinct().toList();
    String rule = "one of " + String.join(", ", words);
    Function<String, Parsed> parser =
        text ->
            constants.stream()
                .filter(constant -> text.equals(word(constant)) || text.equals(constant.name()))
                .<Parsed>map(Parsed.Value::new)
                .findFirst()
                .orElseGet(() -> new Parsed.Wrong(rule));
    return new ValueType(rule, words.getFirst(), Map.of("enum", accepted), parser);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
