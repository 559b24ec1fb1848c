package dev.manyfactor.contract.reader;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/// Java names for the names of a contract.
final class Names {
  private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z0-9]*");
  private static final Pattern METHOD = Pattern.compile("[a-z][A-Za-z0-9]*");

  /// Names that a record component must not have (JLS 8.10.1).
  private static final Set<String> METHODS_OF_RECORDS =
      Set.of(
          "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

  /// Names that generated code uses for something else beside a parameter.
  private static final Set<String> VARIABLES =
      Set.of(
          "api", "body", "call", "context", "form", "input", "outcome", "problem", "query", "read",
          "write");

  private Names() {}

  static boolean isType(String name) {
    return TYPE.matcher(name).matches();
  }

  /// `Payment` and `payment_intent` become `Payment` and `PaymentIntent`; empty if nothing does.
  static Optional<String> schema(String name) {
    return Optional.of(isType(name) ? name : type(name)).filter(Names::isType);
  }

  /// `createPayment` and `payments.create-new` become `createPayment` and `paymentsCreateNew`;
  /// empty if nothing does.
  static Optional<String> method(String name) {
    return Optional.of(name)
        .filter(whole -> METHOD.matcher(whole).matches())
        .or(() -> camelCase(name))
        .filter(method -> !SourceVersion.isKeyword(method))
        .filter(method -> !METHODS_OF_RECORDS.contains(method));
  }

  /// `amount_minor`, `Amount-Minor` and `amountMinor` become `amountMinor`; empty if nothing does.
  static Optional<String> component(String name) {
    return camelCase(name)
        .map(joined -> METHODS_OF_RECORDS.contains(joined) ? joined + "Value" : joined)
        .map(joined -> SourceVersion.isKeyword(joined) ? joined + "Value" : joined);
  }

  /// The same for a value that is passed on by generated code.
  static Optional<String> variable(String name) {
    return component(name).map(joined -> VARIABLES.contains(joined) ? joined + "Value" : joined);
  }

  /// `partially_refunded` and `partiallyRefunded` become `PARTIALLY_REFUNDED`, and `01` becomes
  /// `VALUE_01`; empty if nothing does.
  static Optional<String> constant(String value) {
    List<String> words = words(value.replaceAll("([a-z0-9])([A-Z])", "$1_$2"));
    if (words.isEmpty()) {
      return Optional.empty();
    }
    String joined = String.join("_", words).toUpperCase(Locale.ROOT);
    return Optional.of(Character.isDigit(joined.charAt(0)) ? "VALUE_" + joined : joined);
  }

  /// `customer_id` becomes `CustomerId`.
  static String type(String name) {
    return words(name).stream().map(Names::capitalized).collect(Collectors.joining());
  }

  static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static Optional<String> camelCase(String name) {
    List<String> words = words(name);
    if (words.isEmpty() || Character.isDigit(words.getFirst().charAt(0))) {
      return Optional.empty();
    }
    String rest = words.stream().skip(1).map(Names::capitalized).collect(Collectors.joining());
    return Optional.of(uncapitalized(words.getFirst()) + rest);
  }

  private static String uncapitalized(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    boolean isAcronym = word.equals(word.toUpperCase(Locale.ROOT));
    return isAcronym ? lower : lower.charAt(0) + word.substring(1);
  }

  private static List<String> words(String name) {
    return Arrays.stream(name.split("[^A-Za-z0-9]+")).filter(word -> !word.isEmpty()).toList();
  }
}
