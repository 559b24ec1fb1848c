package dev.manyfactor.web;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;

/// Lets connections in, and when it closes leaves nobody before it who has been connected.
///
/// The kernel completes connections before the process knows of them, and resets those that still
/// wait in the queue of a port that is closed. So the queue is emptied first, and the port closed
/// in the same breath: what is left to chance is a connection of those few microseconds. Jetty's
/// own way, one connection per look and a close beside it, loses whatever waits.
///
/// Knows who was let in and has not asked for anything yet. Safe on many threads.
final class Gate extends ServerConnector {
  private final Set<SocketChannel> newcomers = ConcurrentHashMap.newKeySet();
  private final ReentrantLock one = new ReentrantLock();
  private final CountDownLatch never = new CountDownLatch(1);
  private volatile @Nullable Selector arrivals;

  Gate(Server server, HttpConnectionFactory http) {
    super(server, http);
  }

  /// Opens the port, if it is not open.
  @Override
  public void open() throws IOException {
    if (arrivals == null) {
      super.open();
      Selector selector = Selector.open();
      port().configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
      arrivals = selector;
    }
  }

  /// Waits for a connection and lets it in; called again and again by one thread.
  @Override
  public void accept(int acceptor) throws IOException {
    Selector selector = arrivals;
    if (selector == null || !selector.isOpen()) {
      sleepUntilTheEnd();
      return;
    }
    try {
      selector.select();
      selector.selectedKeys().clear();
      var _ = letIn();
    } catch (ClosedSelectorException | ClosedChannelException closing) {
      if (selector.isOpen()) {
        throw closing;
      }
    }
  }

  private boolean letIn() throws IOException {
    one.lock(); // so that nobody is on the way in, known to nobody, when the port is closed
    try {
      SocketChannel channel = port().accept();
      if (channel == null) {
        return false;
      }
      channel.configureBlocking(false);
      configure(channel.socket());
      newcomers.add(channel);
      getSelectorManager().accept(channel);
      return true;
    } finally {
      one.unlock();
    }
  }

  /// Lets in everyone who waits, and closes the port.
  void closeBehindTheLast() throws IOException {
    Selector selector = arrivals;
    if (selector != null && selector.isOpen()) {
      selector.close(); // a port that a selector watches would be closed only at its next look
      one.lock();
      try (ServerSocketChannel _ = port()) {
        boolean more = true;
        while (more) {
          more = letIn();
        }
      } finally {
        one.unlock();
      }
    }
  }

  /// Closes the port, whoever waits.
  @Override
  public void close() {
    IO.close(arrivals);
    super.close();
  }

  /// Whether someone was let in and has not asked for anything yet.
  boolean hasNewcomers() {
    newcomers.removeIf(channel -> !channel.isOpen()); // which never became a connection
    return !newcomers.isEmpty();
  }

  /// Notes that a request has come.
  void hasAsked(Connection connection) {
    newcomers.remove(connection.getEndPoint().getTransport());
  }

  @Override
  protected void onEndPointClosed(EndPoint endPoint) {
    newcomers.remove(endPoint.getTransport());
    super.onEndPointClosed(endPoint);
  }

  /// There is nothing left to accept; Jetty interrupts its acceptor when it stops.
  private void sleepUntilTheEnd() {
    try {
      never.await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private ServerSocketChannel port() {
    return (ServerSocketChannel) getTransport();
  }
}
