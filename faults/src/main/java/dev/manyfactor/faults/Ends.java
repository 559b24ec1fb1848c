package dev.manyfactor.faults;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;

/// The sockets at both ends of a session.
record Ends(Socket client, Socket server) {
  private static final int BUFFER = 16 * 1024;

  static DataInputStream input(Socket socket) throws IOException {
    return new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
  }

  /// Says that nothing more comes.
  static void endOutput(Socket socket) {
    try {
      socket.shutdownOutput();
    } catch (IOException gone) {
      // closed or broken, which says it as well
    }
  }

  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException gone) {
      // closed already, which is all that can be done
    }
    close(socket);
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // nothing is left to be closed
    }
  }
}
