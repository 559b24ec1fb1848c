package dev.manyfactor.fuzz.wire;

import dev.manyfactor.fuzz.generate.Draft;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/// A client of one port with one connection, which it keeps as long as the service does. For one
/// thread.
public final class Wire implements Sending, AutoCloseable {
  private static final int CONNECT_MILLIS = 10_000;

  private final int port;
  private final Duration patience;
  private Optional<Connection> kept = Optional.empty();

  /// @param patience how long to wait for the next byte of an answer
  public Wire(int port, Duration patience) {
    this.port = port;
    this.patience = patience;
  }

  @Override
  public Reply send(Draft draft) {
    boolean toHead = draft.head().method().equals("HEAD");
    if (draft.delivery() instanceof Draft.Delivery.AsIs(var bytes, var half)) {
      return alone(bytes.array(), half, toHead);
    }
    boolean fresh = kept.isEmpty();
    Reply reply = once(draft.bytes(), toHead);
    boolean wasClosedMeanwhile = !fresh && reply instanceof Reply.Broken(var how) && how.isEmpty();
    return wasClosedMeanwhile ? once(draft.bytes(), toHead) : reply;
  }

  private Reply once(byte[] bytes, boolean toHead) {
    try {
      Connection connection = kept.isPresent() ? kept.get() : new Connection(port, patience);
      kept = Optional.of(connection);
      Reply reply = connection.exchange(bytes, false, toHead);
      if (!(reply instanceof Reply.Answer answer) || closes(answer)) {
        close();
      }
      return reply;
    } catch (IOException refused) {
      return new Reply.Broken("no connection: " + refused.getMessage());
    }
  }

  private static boolean closes(Reply.Answer answer) {
    return answer.header("Connection").filter(it -> it.equalsIgnoreCase("close")).isPresent();
  }

  private Reply alone(byte[] bytes, boolean half, boolean toHead) {
    try (Connection connection = new Connection(port, patience)) {
      return connection.exchange(bytes, half, toHead);
    } catch (IOException refused) {
      return new Reply.Broken("no connection: " + refused.getMessage());
    }
  }

  @Override
  public void close() {
    kept.ifPresent(Connection::close);
    kept = Optional.empty();
  }

  /// One connection.
  private static final class Connection implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;

    Connection(int port, Duration patience) throws IOException {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) patience.toMillis());
      in = new BufferedInputStream(socket.getInputStream());
    }

    /// Sends all, then reads an answer, which may be there before all is sent.
    Reply exchange(byte[] bytes, boolean half, boolean toHead) {
      boolean sent = sent(bytes, half);
      try {
        return new AnswerReader(in).read(toHead);
      } catch (SocketTimeoutException none) {
        return new Reply.Silence();
      } catch (IOException broken) {
        String how = String.valueOf(broken.getMessage());
        return new Reply.Broken(how.equals("nothing more came") || !sent ? "" : how);
      }
    }

    private boolean sent(byte[] bytes, boolean half) {
      try {
        socket.getOutputStream().write(bytes);
        if (half) {
          socket.shutdownOutput();
        }
        return true;
      } catch (IOException enough) {
        return false; // the service may have answered already, and wants no more
      }
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException gone) {
        // it is closed either way
      }
    }
  }
}
