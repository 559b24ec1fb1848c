package dev.manyfactor.prover.stage;

import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Exchange.Kind;
import dev.manyfactor.prover.trial.Exchange.Result;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.util.Timeout;

/// One request on a connection of its own, which ends with it; so what happens to the connection
/// happened to this request.
///
/// @param port of the loopback address
/// @param nanos measures
record Conversation(int port, LongSupplier nanos) {
  private static final int BODY_LIMIT = 1 << 20;
  private static final int DETAIL_LIMIT = 200;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final Http1Config BOUNDS =
      Http1Config.custom().setMaxHeaderCount(200).setMaxLineLength(16 * 1024).build();

  /// Sends a request and reads the whole answer, at most `patience` long.
  ///
  /// @param pause is called when half of the body has been sent
  Exchange hold(Call call, Duration patience, PausedEntity.Pause pause) {
    return exchange(call, patience, Optional.of(pause));
  }

  /// Sends a request and reads the whole answer, at most `patience` long.
  Exchange send(Call call, Duration patience) {
    return exchange(call, patience, Optional.empty());
  }

  private Exchange exchange(Call call, Duration patience, Optional<PausedEntity.Pause> pause) {
    long began = nanos.getAsLong();
    try (Socket socket = new Socket()) {
      CompletableFuture<Void> bound = new CompletableFuture<>();
      var _ =
          bound
              .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
              .exceptionally(_ -> close(socket));
      Result result = converse(socket, call, patience, pause);
      boolean late = bound.isCompletedExceptionally();
      bound.complete(null);
      return new Exchange(
          call,
          late && !(result instanceof Result.Answer) ? tooLate(patience) : result,
          began,
          Duration.ofNanos(nanos.getAsLong() - began));
    } catch (IOException closing) {
      throw new IllegalStateException("a socket cannot be closed", closing);
    }
  }

  /// Whether anything has come from the other end, be it the end.
  private static boolean hasCome(DefaultBHttpClientConnection connection) {
    try {
      return connection.isStale() || connection.isDataAvailable(Timeout.ofMilliseconds(1));
    } catch (IOException broken) {
      return true;
    }
  }

  private static Void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException closed) {
      // then nobody waits on it
    }
    return null;
  }

  private static Result tooLate(Duration patience) {
    return new Result.Broken(Kind.TIMEOUT, "no whole answer within " + patience.toMillis() + " ms");
  }

  private Result converse(
      Socket socket, Call call, Duration patience, Optional<PausedEntity.Pause> pause) {
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) patience.toMillis());
      socket.setTcpNoDelay(true);
      try (var connection = new DefaultBHttpClientConnection(BOUNDS)) {
        connection.bind(socket);
        BasicClassicHttpRequest request =
            request(call, pause.map(taken -> () -> taken.take(() -> hasCome(connection))));
        connection.sendRequestHeader(request);
        if (request.getEntity() != null) {
          connection.sendRequestEntity(request);
        }
        connection.flush();
        ClassicHttpResponse response = connection.receiveResponseHeader();
        while (response.getCode() < 200) {
          response = connection.receiveResponseHeader();
        }
        if (hasBody(call, response)) {
          connection.receiveResponseEntity(response);
        }
        return answer(response);
      }
    } catch (ConnectException refused) {
      return new Result.Broken(Kind.REFUSED, "nobody listens on port " + port);
    } catch (SocketTimeoutException late) {
      return tooLate(patience);
    } catch (ConnectionClosedException
        | NoHttpResponseException
        | TruncatedChunkException
        | EOFException ended) {
      return new Result.Broken(Kind.ENDED, "the connection ended before the answer did");
    } catch (SocketException broken) {
      return new Result.Broken(Kind.RESET, shown(broken));
    } catch (IOException | HttpException garbage) {
      return new Result.Broken(Kind.GARBAGE, shown(garbage));
    }
  }

  /// Whether an answer has a body, by its status; waiting for one that cannot be takes for ever.
  private static boolean hasBody(Call call, ClassicHttpResponse response) {
    return !call.method().equals("HEAD")
        && response.getCode() != NO_CONTENT
        && response.getCode() != NOT_MODIFIED;
  }

  /// What is wrong, which may quote what came: not too long, and without what a terminal would
  /// obey.
  private static String shown(Exception wrong) {
    String text = String.valueOf(wrong.getMessage()).replaceAll("\\p{Cntrl}", "·");
    return text.length() <= DETAIL_LIMIT ? text : text.substring(0, DETAIL_LIMIT) + " …";
  }

  private static HttpEntity entity(String body, Optional<PausedEntity.Break> pause) {
    return pause
        .<HttpEntity>map(taken -> new PausedEntity(body, taken))
        .orElseGet(() ->
            new ByteArrayEntity(
                body.getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON));
  }

  private BasicClassicHttpRequest request(Call call, Optional<PausedEntity.Break> pause) {
    var request = new BasicClassicHttpRequest(call.method(), "/");
    request.setPath(call.path()); // as it is: the constructor would change or refuse some
    request.setHeader("Host", "127.0.0.1:" + port);
    request.setHeader("Connection", "close");
    call.headers().forEach(request::setHeader);
    call.body()
        .ifPresent(body -> {
          HttpEntity entity = entity(body, pause);
          request.setHeader("Content-Length", String.valueOf(entity.getContentLength()));
          if (!request.containsHeader("Content-Type")) {
            request.setHeader("Content-Type", "application/json");
          }
          request.setEntity(entity);
        });
    return request;
  }

  private static Result answer(ClassicHttpResponse response) throws IOException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : response.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(header.getValue());
    }
    HttpEntity entity = response.getEntity();
    String body =
        entity == null
            ? ""
            : new String(entity.getContent().readNBytes(BODY_LIMIT), StandardCharsets.UTF_8);
    return new Result.Answer(response.getCode(), headers, body);
  }
}
