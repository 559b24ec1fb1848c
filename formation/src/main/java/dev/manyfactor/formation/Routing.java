package dev.manyfactor.formation;

import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Passes each request on to the instance that the [Balance] chooses.
///
/// Nothing is sent twice: a request may have had its effect although its answer was lost, and only
/// the client knows whether it may be repeated. An instance that refuses the connection has had
/// nothing of it, so another one gets the request. Safe on many threads.
final class Routing extends ProxyHandler.Reverse {
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /// Shorter than the five seconds after which a Node server closes a silent connection: the router
  /// is the one who closes it, and does not write a request to a connection that is just closing.
  private static final Duration KEPT = Duration.ofSeconds(2);

  private static final int SELECTORS = 2;
  private static final int CONNECTIONS = 10_000;
  private static final int HEAD_BYTES = 68 * 1024; // what was taken, and what is added

  private final Balance balance;
  private final Duration silence;

  /// @param silence how long an instance may be silent in the middle of a request
  Routing(Balance balance, Duration silence) {
    super(request -> HttpURI.build("http://127.0.0.1:" + Attempts.of(request).port()));
    this.balance = balance;
    this.silence = silence;
    setUseServerThreadPool(true);
    setViaHost("mf");
  }

  @Override
  protected HttpClient newHttpClient() {
    ClientConnector connector = new ClientConnector();
    connector.setSelectors(SELECTORS);
    return new HttpClient(new HttpClientTransportDynamic(connector));
  }

  @Override
  protected void configureHttpClient(HttpClient client) {
    super.configureHttpClient(client);
    client.setConnectTimeout(CONNECT.toMillis());
    client.setIdleTimeout(KEPT.toMillis());
    client.setMaxConnectionsPerDestination(CONNECTIONS);
    client.setMaxRequestHeadersSize(HEAD_BYTES);
    client.setMaxResponseHeadersSize(HEAD_BYTES);
    client.setHttpCompliance(HttpCompliance.STRICT);
    client.setUserAgentField(null);
    client.setDefaultRequestContentType(null);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (HttpMethod.CONNECT.is(request.getMethod())) { // asks for a tunnel, not for the service
      Response.writeError(request, response, callback, HttpStatus.NOT_IMPLEMENTED_501);
    } else {
      Attempts.begin(request);
      BodilessAnswer.watch(request, response);
      send(request, response, callback);
    }
    return true;
  }

  private void send(Request request, Response response, Callback callback) {
    Attempts attempts = Attempts.of(request);
    Optional<Integer> chosen = balance.choose(attempts.tried());
    if (chosen.isEmpty()) {
      Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
      return;
    }
    attempts.next(chosen.get());
    UnderWay underWay = new UnderWay(callback, chosen.get());
    try {
      var _ = super.handle(request, response, underWay);
    } catch (RuntimeException failure) {
      underWay.failed(failure);
    }
  }

  /// The end of a request that counts as under way at an instance until then.
  private final class UnderWay extends Callback.Nested {
    private final int port;

    UnderWay(Callback callback, int port) {
      super(callback);
      this.port = port;
    }

    @Override
    public void completed() {
      balance.done(port);
    }
  }

  /// The client's body on its way; as long as nothing of it was read it can go elsewhere.
  private static final class Body extends ProxyRequestContent {
    private final Attempts attempts;
    private boolean begun;

    Body(Request request) {
      super(request);
      this.attempts = Attempts.of(request);
    }

    @Override
    public Content.Chunk read() {
      begun = true;
      Content.Chunk chunk = super.read();
      if (Content.Chunk.isFailure(chunk)) {
        attempts.clientFailed(chunk.getFailure());
      }
      return chunk;
    }

    @Override
    public void fail(Throwable failure, boolean last) {
      if (begun) {
        super.fail(failure, last);
      }
    }
  }

  @Override
  protected org.eclipse.jetty.client.Request newProxyToServerRequest(
      Request request, HttpURI target) {
    // the path as it was sent, not as a URI would write it
    return super.newProxyToServerRequest(request, target)
        .path(request.getHttpURI().getPathQuery())
        .idleTimeout(silence.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected org.eclipse.jetty.client.Request.Content newProxyToServerRequestContent(
      Request request, Response response, org.eclipse.jetty.client.Request sent) {
    return new Body(request);
  }

  @Override
  protected void addForwardedHeader(Request request, org.eclipse.jetty.client.Request sent) {
    sent.headers(headers -> ForwardedHeaders.put(request, headers));
  }

  @Override
  protected void onServerToProxyResponseFailure(
      Request request,
      org.eclipse.jetty.client.Request sent,
      org.eclipse.jetty.client.Response answer,
      Response response,
      Callback callback,
      Throwable failure) {
    if (response.isCommitted()) {
      callback.failed(failure); // the client sees that the rest is missing
    } else if (failure instanceof ConnectException && callback instanceof UnderWay underWay) {
      underWay.completed();
      send(request, response, underWay.getCallback());
    } else {
      int status =
          Attempts.of(request)
              .clientFailure()
              .map(Routing::statusOfClient)
              .orElseGet(() -> statusOf(failure));
      Response.writeError(request, response, callback, status);
    }
  }

  private static int statusOf(Throwable failure) {
    return failure instanceof TimeoutException
        ? HttpStatus.GATEWAY_TIMEOUT_504
        : HttpStatus.BAD_GATEWAY_502;
  }

  private static int statusOfClient(Throwable failure) {
    return failure instanceof HttpException known
        ? known.getCode()
        : failure instanceof TimeoutException
            ? HttpStatus.REQUEST_TIMEOUT_408
            : HttpStatus.BAD_REQUEST_400;
  }
}
