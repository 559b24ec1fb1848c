package dev.manyfactor.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Connections of our own that fill the queue in front of a listener that takes none, so that
/// everybody else's hang in the connect phase.
///
/// The system keeps a queue of connections that are made and not yet taken. While it is full, Linux
/// drops who knocks, and he knocks again after 1, 3 and 7 seconds.
final class Crowd {
  private static final int LIMIT = 2_048;
  private static final int ANSWER_MILLIS = 40;
  private static final int SILENCES = 2;
  private static final int TAKING_MILLIS = 5_000;

  private final Course course;
  private final int port;
  private final Map<Integer, Socket> members = new ConcurrentHashMap<>();
  private final Set<Integer> knocking = ConcurrentHashMap.newKeySet();

  Crowd(Course course, int port) {
    this.course = course;
    this.port = port;
  }

  /// Connects until nobody answers any more, and watches who else knocks then.
  void fill() {
    int silences = 0;
    while (silences < SILENCES) {
      if (members.size() >= LIMIT) {
        throw new IllegalStateException(
            "port %d still takes connections after %d of them; this system does not let them hang"
                .formatted(port, LIMIT));
      }
      silences = isAdded() ? 0 : silences + 1;
    }
    Epoch hanging = course.now();
    course.launch(() -> watch(hanging));
  }

  private boolean isAdded() {
    Socket member = new Socket();
    try {
      member.bind(new InetSocketAddress(Door.loopback(), 0));
      members.put(member.getLocalPort(), member);
      member.connect(new InetSocketAddress(Door.loopback(), port), ANSWER_MILLIS);
      return true;
    } catch (SocketTimeoutException hanging) {
      members.remove(member.getLocalPort());
      close(member);
      return false;
    } catch (IOException failure) {
      close(member);
      if (!members.containsValue(member)) {
        return true; // taken in the very moment in which the listener began to take none
      }
      throw new UncheckedIOException(
          "connections to port %d cannot be made to hang".formatted(port), failure);
    }
  }

  /// Counts who hangs, until the epoch is over.
  private void watch(Epoch hanging) {
    while (!hanging.over().isDone()) {
      Set<Integer> now = Knocks.at(port);
      knocking.retainAll(now);
      now.stream().filter(knocking::add).forEach(_ -> course.connections.increment());
      hanging.over().copy().completeOnTimeout(null, 20, TimeUnit.MILLISECONDS).join();
    }
  }

  /// Whether a connection that was taken is one of ours, which is closed then; if not, it is
  /// counted unless it was seen knocking before.
  boolean recognises(Socket taken) {
    Socket member = members.remove(taken.getPort());
    if (member != null) {
      close(taken);
      close(member);
      return true;
    }
    if (!knocking.remove(taken.getPort())) {
      course.connections.increment();
    }
    return false;
  }

  /// Waits until the listener has taken all of them, so that nobody else is left to wait.
  void awaitTaken() {
    for (int left = TAKING_MILLIS; left > 0 && !members.isEmpty(); left--) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  /// Lets go of all of them, once the listener is closed.
  void leave() {
    members.values().forEach(Crowd::close);
    members.clear();
    knocking.clear();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // nothing is left to be closed
    }
  }
}
