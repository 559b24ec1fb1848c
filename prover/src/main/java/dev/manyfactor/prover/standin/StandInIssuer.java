package dev.manyfactor.prover.standin;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.manyfactor.formation.Claims;
import dev.manyfactor.formation.Client;
import dev.manyfactor.formation.Issuer;
import dev.manyfactor.formation.IssuerEndpoints;
import dev.manyfactor.formation.SigningKey;
import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.formation.TokenSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// An OpenID Connect issuer whose tokens can be wrong in one way, and whose keys rotate when it is
/// told so: discovery, keys, and tokens by client credentials.
///
/// It gives out an address that need not be its own, so that a proxy can stand in front of it:
///
/// ```java
/// StandInIssuer issuer = StandInIssuer.start(keys, surroundings);
/// TcpProxy proxy = TcpProxy.to(issuer.address());
/// issuer.advertise(URI.create("http://127.0.0.1:" + proxy.port()));
/// String bad = issuer.mutant(Mutant.EXPIRED, claims);
/// ```
///
/// It starts in some milliseconds, as its keys are made beforehand. Safe on many threads.
public final class StandInIssuer implements TokenSource, AutoCloseable {
  private static final int FETCHES = 10_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final KeyRing keys;
  private final Surroundings surroundings;
  private final Map<String, Client> clients = new ConcurrentHashMap<>();
  private final Kept<Fetch> fetches = new Kept<>(FETCHES);
  private volatile URI url;
  private volatile Published published = new Published(0, 0);

  private StandInIssuer(HttpServer server, KeyRing keys, Surroundings surroundings) {
    this.server = server;
    this.keys = keys;
    this.surroundings = surroundings;
    this.url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// A request that came to the issuer.
  ///
  /// @param path without its query, for example `/jwks`
  /// @param moment when it came, by the clock of nanoseconds of the surroundings
  public record Fetch(String method, String path, long moment) {}

  /// Which keys are published: those after `oldest` to `newest` rotations. The newest signs.
  private record Published(int oldest, int newest) {}

  /// Starts an issuer on any free port that gives out its own address.
  public static StandInIssuer start(KeyRing keys, Surroundings surroundings) {
    try {
      HttpServer server = HttpServer.create(Loopback.anyPort(), 0);
      StandInIssuer issuer = new StandInIssuer(server, keys, surroundings);
      server.setExecutor(issuer.threads);
      new IssuerEndpoints(issuer)
          .addTo(server, Filter.beforeHandler("keeps what is fetched", issuer::note));
      server.start();
      return issuer;
    } catch (IOException failure) {
      throw new UncheckedIOException("an issuer cannot listen on 127.0.0.1", failure);
    }
  }

  private void note(HttpExchange exchange) {
    fetches.add(
        new Fetch(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            surroundings.nanos().getAsLong()));
  }

  /// Where it listens itself.
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /// Gives out another address than its own from now on, in discovery and in `iss`.
  public void advertise(URI address) {
    url = address;
  }

  @Override
  public URI url() {
    return url;
  }

  /// Lets a client ask for tokens; a client with the same id is replaced.
  public void register(Client client) {
    clients.put(client.id(), client);
  }

  @Override
  public Optional<Client> client(String id) {
    return Optional.ofNullable(clients.get(id));
  }

  @Override
  public String publicKeys() {
    Published now = published;
    return new JWKSet(
            IntStream.rangeClosed(now.oldest(), now.newest())
                .mapToObj(keys::afterRotations)
                .map(key -> (JWK) key.publicKey())
                .toList())
        .toString(true);
  }

  /// A token that is right.
  @Override
  public String token(Claims claims) {
    Instant now = surroundings.clock().instant();
    return signer().sign(claims.issued(url, now, now.plus(Issuer.LIFETIME)));
  }

  /// A token with one thing wrong.
  public String mutant(Mutant mutant, Claims claims) {
    return new Forger(url, signer(), keys.foreign())
        .forge(mutant, claims, surroundings.clock().instant());
  }

  private SigningKey signer() {
    return keys.afterRotations(published.newest());
  }

  /// Signs with a fresh key from now on, which is published beside the former ones.
  public synchronized void rotate() {
    published = new Published(published.oldest(), published.newest() + 1);
  }

  /// Withdraws all keys but the newest, so that tokens of former ones are worth nothing.
  public synchronized void withdrawFormerKeys() {
    published = new Published(published.newest(), published.newest());
  }

  /// What was asked of it so far, in this order; the first 10,000 requests.
  public List<Fetch> fetches() {
    return fetches.all();
  }

  /// Stops listening and ends every connection.
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
