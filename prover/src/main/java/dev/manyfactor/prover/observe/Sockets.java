package dev.manyfactor.prover.observe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The TCP sockets of a process: the kernel's table, and which of it the process holds open.
final class Sockets {
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String ESTABLISHED = "01";
  private static final String LISTENS = "0A";

  private Sockets() {}

  /// What it listens on.
  static List<Listening> listening(long pid) {
    return held(pid, LISTENS)
        .flatMap(fields -> address(fields[LOCAL]).stream())
        .map(end -> new Listening(pid, end.host(), end.port()))
        .toList();
  }

  /// What it is connected with.
  static List<Connected> connected(long pid) {
    return held(pid, ESTABLISHED)
        .flatMap(fields -> address(fields[REMOTE]).stream())
        .map(end -> new Connected(pid, end.host(), end.port()))
        .toList();
  }

  private record End(String host, int port) {}

  private static Stream<String[]> held(long pid, String state) {
    List<String> open = OpenFiles.of(pid).stream().map(OpenFiles.Descriptor::target).toList();
    return Stream.of("net/tcp", "net/tcp6")
        .flatMap(table -> ProcessTable.text(pid, table).lines().skip(1))
        .map(line -> line.strip().split("\\s+", -1))
        .filter(fields -> fields.length > INODE && fields[STATE].equals(state))
        .filter(fields -> open.contains("socket:[" + fields[INODE] + "]"));
  }

  /// `0100007F:1F90` is 127.0.0.1 and 8080: words of four bytes in the order of the machine.
  private static Optional<End> address(String written) {
    int colon = written.indexOf(':');
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(written.substring(0, colon)));
    ByteBuffer network = ByteBuffer.allocate(bytes.capacity());
    while (bytes.hasRemaining()) {
      network.putInt(bytes.order(ByteOrder.nativeOrder()).getInt());
    }
    try {
      InetAddress address = InetAddress.getByAddress(network.array());
      String host = address.isAnyLocalAddress() && network.capacity() > 4 ? "::" : shown(address);
      return Optional.of(new End(host, Integer.parseInt(written.substring(colon + 1), 16)));
    } catch (UnknownHostException impossible) {
      return Optional.empty();
    }
  }

  private static String shown(InetAddress address) {
    String host = address.getHostAddress();
    return host.equals("0:0:0:0:0:0:0:1") ? "::1" : host;
  }
}
