package dev.manyfactor.prover.standin;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// An HTTP service that a service under proof calls: it keeps what it is asked and answers as it is
/// told, `200` with `{}` as long as it is told nothing.
///
/// Speaks HTTP/1.1 and keeps connections open. Bounded: 500 connections at a time, the first 10,000
/// requests, 1 MiB of each body and 32 Mi characters of all. Safe on many threads.
public final class StandInUpstream implements AutoCloseable {
  private static final int CONNECTIONS = 500;
  private static final int REQUESTS = 10_000;
  private static final Duration AFTER_FAILURE = Duration.ofMillis(20);

  private final ServerSocket listener;
  private final LongSupplier nanos;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Kept<Received> received = new Kept<>(REQUESTS);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Function<Received, Answer> answers = _ -> Answer.json(200, "{}");

  private StandInUpstream(ServerSocket listener, LongSupplier nanos) {
    this.listener = listener;
    this.nanos = nanos;
  }

  /// Starts one on any free port of 127.0.0.1.
  ///
  /// @param nanos tells the moment of a request
  public static StandInUpstream start(LongSupplier nanos) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.bind(Loopback.anyPort(), CONNECTIONS);
      StandInUpstream upstream = new StandInUpstream(listener, nanos);
      upstream.threads.execute(upstream::accept);
      return upstream;
    } catch (IOException failure) {
      throw new UncheckedIOException("an upstream cannot listen on 127.0.0.1", failure);
    }
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /// What it answers to every request from now on.
  public void answer(Answer answer) {
    answer(_ -> answer);
  }

  /// What it answers from now on, by the request; the function is called on many threads.
  public void answer(Function<Received, Answer> byRequest) {
    answers = byRequest;
  }

  /// What it was asked so far, in the order of arrival.
  public List<Received> requests() {
    return received.all();
  }

  /// How many requests came after the first 10,000; they were answered and not kept.
  public long dropped() {
    return received.dropped();
  }

  private void accept() {
    try {
      while (!listener.isClosed()) {
        places.acquire();
        acceptOne();
      }
    } catch (InterruptedException | RejectedExecutionException closing) {
      // closed
    }
  }

  private void acceptOne() throws InterruptedException {
    try {
      Socket client = listener.accept();
      open.add(client);
      threads.execute(() -> serve(client));
    } catch (IOException failure) {
      places.release();
      Thread.sleep(AFTER_FAILURE); // it is closed, or for example no descriptor is free
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      RequestReader reader = new RequestReader(in, client.getOutputStream(), nanos);
      boolean goesOn = true;
      while (goesOn) {
        Optional<Received> request = reader.next();
        request.ifPresent(one -> received.add(one, one.body().length()));
        goesOn = request.isPresent() && isAnswered(client, answers.apply(request.get()));
      }
    } catch (IOException | InterruptedException gone) {
      // the client has gone, or is none that speaks HTTP
    } finally {
      open.remove(client);
      places.release();
    }
  }

  /// Answers, and says whether the connection goes on.
  private boolean isAnswered(Socket client, Answer answer)
      throws IOException, InterruptedException {
    OutputStream out = client.getOutputStream();
    return switch (answer) {
      case Answer.Reply reply -> {
        boolean closing = closed.await(reply.delay().toNanos(), TimeUnit.NANOSECONDS);
        out.write(written(reply));
        yield !closing;
      }
      case Answer.Hang() -> {
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
        yield false;
      }
      case Answer.Garbage() -> {
        out.write(new byte[] {0, 'g', 'a', 'r', 'b', 'a', 'g', 'e', (byte) 0xFF, '\n'});
        yield false;
      }
      case Answer.Reset() -> {
        client.setSoLinger(true, 0);
        yield false;
      }
    };
  }

  private static byte[] written(Answer.Reply reply) {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder();
    head.append("HTTP/1.1 ").append(reply.status()).append(" \r\n");
    reply
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    boolean hasNone = reply.status() == 204 || reply.status() == 304;
    if (!hasNone) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = java.util.Arrays.copyOf(start, start.length + (hasNone ? 0 : body.length));
    System.arraycopy(body, 0, whole, start.length, whole.length - start.length);
    return whole;
  }

  /// Stops listening and ends every connection.
  @Override
  public void close() {
    closed.countDown();
    threads.shutdownNow();
    try {
      listener.close();
      for (Socket client : open) {
        client.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("an upstream cannot be closed", failure);
    }
  }
}
