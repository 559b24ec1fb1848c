package dev.manyfactor.formation;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A PostgreSQL server that somebody else runs, and the role that makes databases and roles there:
/// what `mf up --database URL` names.
///
/// @param host a name or an address; an IPv6 address in brackets
/// @param database the one to connect to for making others
/// @param login a superuser, or a role that may create databases and roles
/// @param parameters what follows the question mark, for example `sslmode=require`; also given to
///   the services
public record DatabaseServer(
    String host, int port, String database, Login login, Optional<String> parameters) {
  private static final int STANDARD_PORT = 5432;
  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern ALSO_AN_ACCOUNT = Pattern.compile("(^|&)(user|password)=");
  private static final String FORM = "write it as postgres://ROLE@HOST:PORT/DATABASE";

  /// Who administrates the server.
  ///
  /// @param password empty where the server wants none, or a `.pgpass` holds it
  public record Login(String role, Optional<String> password) {
    /// Without the password.
    @Override
    public String toString() {
      return "Login[" + role + "]";
    }
  }

  /// Reads an address; what is wrong with it never quotes it, since it may hold a password.
  ///
  /// @param environment may hold the password in `PGPASSWORD`, where it is not among the arguments
  ///   that every user of the machine can see
  /// @throws IllegalArgumentException naming what is wrong
  public static DatabaseServer of(String url, Map<String, String> environment) {
    URI address = parse(url);
    String[] user = address.getRawUserInfo().split(":", 2);
    Optional<String> password =
        user.length == 2
            ? Optional.of(decoded(user[1]))
            : Optional.ofNullable(environment.get("PGPASSWORD"));
    String path = Optional.ofNullable(address.getPath()).orElse("").replaceFirst("^/", "");
    return new DatabaseServer(
        address.getHost(),
        address.getPort() < 0 ? STANDARD_PORT : address.getPort(),
        path.isEmpty() ? "postgres" : path,
        new Login(decoded(user[0]), password),
        Optional.ofNullable(address.getRawQuery()));
  }

  private static URI parse(String url) {
    URI address;
    try {
      address = new URI(url);
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException(
          "is not an address (letters that an address may not have are written as %XX); " + FORM);
    }
    if (!"postgres".equals(address.getScheme()) && !"postgresql".equals(address.getScheme())) {
      throw new IllegalArgumentException("must begin with postgres://; " + FORM);
    }
    if (address.getHost() == null) {
      throw new IllegalArgumentException("names no host; " + FORM);
    }
    if (address.getPort() == 0 || address.getPort() > HIGHEST_PORT) {
      throw new IllegalArgumentException("must have a port from 1 to 65535; " + FORM);
    }
    if (address.getRawUserInfo() == null || address.getRawUserInfo().matches("(:.*)?")) {
      throw new IllegalArgumentException("names no role; " + FORM);
    }
    if (ALSO_AN_ACCOUNT.matcher(Optional.ofNullable(address.getRawQuery()).orElse("")).find()) {
      throw new IllegalArgumentException("has role or password behind the question mark; " + FORM);
    }
    return address;
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /// What pgjdbc is given; without role and password.
  String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s%s".formatted(host, port, database, query());
  }

  /// The address of a role's database on this server.
  String address(String name, String secret, String of) {
    return "postgres://%s:%s@%s:%d/%s%s".formatted(name, secret, host, port, of, query());
  }

  private String query() {
    return parameters.map(text -> "?" + text).orElse("");
  }

  /// Where it is and who administrates it; safe to show.
  @Override
  public String toString() {
    return "%s:%d as %s".formatted(host, port, login.role());
  }
}
