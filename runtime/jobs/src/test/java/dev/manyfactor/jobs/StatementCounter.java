package dev.manyfactor.jobs;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// Stands between clients and PostgreSQL, and writes down every statement that they have carried
/// out: one for each Query and each Execute, BEGIN, COMMIT and empty ones included.
final class StatementCounter implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> statements = new CopyOnWriteArrayList<>();

  StatementCounter(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /// The statements since the last call.
  List<String> take() {
    List<String> taken = new ArrayList<>(statements);
    statements.clear();
    return taken;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket client = server.accept();
        var database = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.addAll(List.of(client, database));
        Thread.ofVirtual().start(() -> ask(client, database));
        Thread.ofVirtual().start(() -> answer(database, client));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void ask(Socket client, Socket database) {
    Map<String, String> prepared = new HashMap<>();
    try (client;
        database) {
      var in = new DataInputStream(client.getInputStream());
      var out = new DataOutputStream(database.getOutputStream());
      while (pass(in, out).length == Integer.BYTES) {
        // a question about encryption; it and the start-up message have no type
      }
      while (true) {
        int type = in.readUnsignedByte();
        out.writeByte(type);
        byte[] body = pass(in, out);
        note((char) type, new String(body, StandardCharsets.UTF_8), prepared);
      }
    } catch (IOException gone) {
      // either side is gone, and the other follows
    }
  }

  /// Passes a length and what it counts.
  private static byte[] pass(DataInputStream in, DataOutputStream out) throws IOException {
    int length = in.readInt();
    byte[] body = in.readNBytes(length - Integer.BYTES);
    if (body.length < length - Integer.BYTES) {
      throw new EOFException();
    }
    out.writeInt(length);
    out.write(body);
    out.flush();
    return body;
  }

  private void note(char type, String body, Map<String, String> prepared) {
    String[] words = body.split("\0", 3);
    switch (type) {
      case 'Q' -> statements.add(words[0]);
      case 'P' -> prepared.put("statement " + words[0], words[1]);
      case 'B' ->
          prepared.put(
              "portal " + words[0], prepared.getOrDefault("statement " + words[1], "unknown"));
      case 'E' -> statements.add(prepared.getOrDefault("portal " + words[0], "unknown"));
      default -> {
        // asks for nothing to be carried out
      }
    }
  }

  private static void answer(Socket database, Socket client) {
    try (database;
        client) {
      database.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException gone) {
      // either side is gone, and the other follows
    }
  }
}
