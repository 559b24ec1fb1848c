package dev.manyfactor.formation;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A small OpenID Connect issuer for one machine: discovery, keys, and tokens by client
/// credentials.
///
/// It knows only the clients registered with it, signs with RS256 and keeps key and port in a
/// private file of its directory, so that tokens outlive a restart. It is for development and
/// tests: it listens on 127.0.0.1 only and has no users. Tokens last an hour and carry `iss sub aud
/// exp iat nbf jti tenant scope`.
///
/// ```java
/// try (var issuer = Issuer.start(directory, InstantSource.system())) {
///   String token = issuer.token(new Claims("alice", "payments", "acme", Set.of("payments:read")));
/// }
/// ```
///
/// Safe on many threads.
public final class Issuer implements TokenSource, AutoCloseable {
  /// How long a token is good.
  public static final Duration LIFETIME = Duration.ofHours(1);

  private final HttpServer server;
  private final ExecutorService threads;
  private final SigningKey key;
  private final InstantSource clock;
  private final Map<String, Client> clients = new ConcurrentHashMap<>();

  private Issuer(HttpServer server, SigningKey key, InstantSource clock) {
    this.server = server;
    this.key = key;
    this.clock = clock;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
  }

  /// What is kept between two starts.
  private record Kept(int port, String key) {
    @Override
    public String toString() {
      return "Kept[port=" + port + "]";
    }
  }

  /// Starts an issuer whose key and port are kept in `directory`, which is made if it is not there.
  public static Issuer start(Path directory, InstantSource clock) {
    PrivateFile file = new PrivateFile(directory.resolve("issuer.json"));
    Optional<Kept> kept = file.read(Kept.class);
    SigningKey key = kept.map(Issuer::keyOf).orElseGet(SigningKey::generate);
    try {
      int port = Ports.freeOr(kept.map(Kept::port).orElse(0));
      HttpServer server = HttpServer.create(new InetSocketAddress(Ports.loopback(), port), 0);
      file.write(new Kept(port, key.json()));
      Issuer issuer = new Issuer(server, key, clock);
      issuer.serve();
      return issuer;
    } catch (IOException failure) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "the local issuer cannot listen on 127.0.0.1: " + FormationException.reason(failure));
    }
  }

  private static SigningKey keyOf(Kept kept) {
    try {
      return SigningKey.parse(kept.key());
    } catch (ParseException foreign) {
      throw new FormationException(
          ExitCode.INTERNAL,
          "the issuer's kept key is not a key; delete issuer.json and start again");
    }
  }

  @Override
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// Lets a client ask for tokens; a client with the same id is replaced.
  public void register(Client client) {
    clients.put(client.id(), client);
  }

  /// A token without a request, for tests.
  @Override
  public String token(Claims claims) {
    return token(claims, LIFETIME);
  }

  /// A token that is good for `lifetime`; a negative one gives a token that has expired.
  public String token(Claims claims, Duration lifetime) {
    Instant now = clock.instant();
    Instant from = lifetime.isNegative() ? now.plus(lifetime.multipliedBy(2)) : now;
    return key.sign(claims.issued(url(), from, now.plus(lifetime)));
  }

  /// Stops listening; requests that are being answered get a second.
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve() {
    server.setExecutor(threads);
    new IssuerEndpoints(this).addTo(server);
    server.start();
  }

  @Override
  public String publicKeys() {
    return key.publicKeys();
  }

  @Override
  public Optional<Client> client(String id) {
    return Optional.ofNullable(clients.get(id));
  }
}
