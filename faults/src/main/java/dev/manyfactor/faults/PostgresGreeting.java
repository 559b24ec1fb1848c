package dev.manyfactor.faults;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;

/// How a client begins.
sealed interface PostgresGreeting {
  /// A session.
  ///
  /// @param application its name; empty when it has none
  record Session(Frame startup, String application) implements PostgresGreeting {}

  /// A connection of its own that asks the server to cancel a statement of a session.
  record Cancellation(Frame request) implements PostgresGreeting {}

  /// What asks for a cancellation, for TLS, and for encryption by GSSAPI.
  int CANCEL = 80_877_102;

  /// Asks for TLS.
  int TLS = 80_877_103;

  /// Asks for encryption by GSSAPI.
  int GSSAPI = 80_877_104;

  /// Reads it. Encryption is refused, as by a server that has none: what is encrypted cannot be
  /// decoded.
  static PostgresGreeting read(DataInputStream in, Socket client) throws IOException {
    Frame frame = Frame.readStartup(in);
    while (frame.number(0) == TLS || frame.number(0) == GSSAPI) {
      client.getOutputStream().write('N');
      frame = Frame.readStartup(in);
    }
    return frame.number(0) == CANCEL
        ? new Cancellation(frame)
        : new Session(frame, parameter(frame, "application_name"));
  }

  private static String parameter(Frame startup, String name) {
    int at = Integer.BYTES;
    while (startup.hasText(at)) {
      int value = startup.behindText(at);
      if (startup.text(at).equals(name)) {
        return startup.text(value);
      }
      at = startup.behindText(value);
    }
    return "";
  }
}
