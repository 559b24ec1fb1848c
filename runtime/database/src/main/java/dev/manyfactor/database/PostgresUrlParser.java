package dev.manyfactor.database;

import dev.manyfactor.config.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Takes an address apart, and never shows any of it but what cannot be the password.
final class PostgresUrlParser {
  private static final String SHAPE = "postgres://user:password@host:port/database";
  private static final int DEFAULT_PORT = 5432;
  private static final int MOST_CHARACTERS = 2_000;
  private static final Set<String> PARAMETERS = Set.of("sslmode", "sslrootcert");
  private static final Set<String> SSL_MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  private PostgresUrlParser() {}

  static PostgresUrl parse(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw wrong("has more than " + MOST_CHARACTERS + " characters");
    }
    String rest = withoutScheme(text);
    int question = rest.indexOf('?');
    String location = question < 0 ? rest : rest.substring(0, question);
    Map<String, String> parameters =
        question < 0 ? Map.of() : parameters(rest.substring(question + 1));
    int at = location.lastIndexOf('@');
    if (at < 0) {
      throw wrong("has no user");
    }
    if (location.indexOf('@') != at || location.substring(0, at).indexOf('/') >= 0) {
      throw wrong("has more than one @, or a / before it; in a password write @ as %40, / as %2F");
    }
    return assemble(location.substring(0, at), location.substring(at + 1), parameters);
  }

  private static PostgresUrl assemble(
      String userInfo, String place, Map<String, String> parameters) {
    int colon = userInfo.indexOf(':');
    String user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
    String password = colon < 0 ? "" : decoded(userInfo.substring(colon + 1));
    int slash = place.indexOf('/');
    String database = slash < 0 ? "" : decoded(place.substring(slash + 1));
    if (user.isEmpty()) {
      throw wrong("has no user");
    }
    if (database.isEmpty() || database.indexOf('/') >= 0) {
      throw wrong("names no database");
    }
    String authority = slash < 0 ? place : place.substring(0, slash);
    int port = authority.lastIndexOf(':');
    boolean hasPort = port > authority.lastIndexOf(']');
    return new PostgresUrl(
        host(hasPort ? authority.substring(0, port) : authority),
        hasPort ? port(authority.substring(port + 1)) : DEFAULT_PORT,
        database,
        user,
        password.isEmpty() ? Optional.empty() : Optional.of(Secret.of(password)),
        parameters);
  }

  private static String withoutScheme(String text) {
    for (String scheme : new String[] {"postgres://", "postgresql://"}) {
      if (text.startsWith(scheme)) {
        return text.substring(scheme.length());
      }
    }
    throw wrong(
        text.startsWith("jdbc:")
            ? "starts with jdbc:, which hides the user in parameters"
            : "does not start with postgres://");
  }

  private static String host(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    String host = bracketed ? text.substring(1, text.length() - 1) : text;
    if (host.isEmpty()) {
      throw wrong("has no host");
    }
    if (!host.matches(bracketed ? "[0-9A-Fa-f:.%]+" : "[A-Za-z0-9._-]+")) {
      throw wrong("has a host that is neither a name nor an address");
    }
    return host;
  }

  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > 65_535) {
      throw wrong("has a port that is not a number from 1 to 65535");
    }
    return Integer.parseInt(text);
  }

  private static Map<String, String> parameters(String query) {
    var parameters = new LinkedHashMap<String, String>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!PARAMETERS.contains(name)) {
        throw wrong("has a parameter other than sslmode and sslrootcert");
      }
      parameters.put(name, decoded(pair.substring(equals + 1)));
    }
    String mode = parameters.getOrDefault("sslmode", "prefer");
    if (!SSL_MODES.contains(mode)) {
      throw wrong(
          "has an sslmode that is none of disable, allow, prefer, require, verify-ca and verify-full");
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException incomplete) {
      throw wrong("has a % that is not followed by two hexadecimal digits; write % itself as %25");
    }
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "a database address must look like " + SHAPE + " but this one " + what);
  }
}
