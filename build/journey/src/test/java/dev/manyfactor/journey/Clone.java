package dev.manyfactor.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// A checkout after its build, in a folder of its own: `mf` and both examples with what the build
/// has just made of them.
///
/// All state of a formation is in the folders of its services and in `XDG_RUNTIME_DIR`, which lies
/// in here too: a formation that somebody has running in the real checkout is not touched.
///
/// @param root where it is
record Clone(Path root) {

  /// Lays it out; the manifests' build commands do nothing, for all is built.
  static Clone in(Path folder) throws IOException {
    Path root = Files.createDirectories(folder.toRealPath().resolve("manyfactor"));
    for (String place :
        List.of("mf", ".mvn/find-jdk.sh", "cli/target/mf/mf.jar", "cli/target/mf/lib")) {
      Tree.copy(place, root);
    }
    for (String service : List.of("payments", "cards")) {
      String home = "examples/" + service;
      for (String place : List.of("/manyfactor.yaml", "/src/main/contract", "/target/" + service)) {
        Tree.copy(home + place, root);
      }
      Path manifest = root.resolve(home + "/manyfactor.yaml");
      Files.writeString(
          manifest,
          Tree.text(manifest)
              .replaceFirst("command: .*mvnw.*", "command: 'true'")
              .replaceFirst("\\n *inputs: .*", ""));
    }
    Files.createDirectory(root.resolve("runtime"));
    return new Clone(root);
  }

  /// Where the formation of payments keeps its state.
  Path state() {
    return root.resolve("examples/payments/.manyfactor");
  }

  /// Where `mf token` looks for formations.
  Path runtime() {
    return root.resolve("runtime");
  }

  /// The variables that every command in it needs beside those of this process.
  Map<String, String> environment() {
    return Map.of(
        "JAVA_HOME", System.getProperty("java.home"), "XDG_RUNTIME_DIR", runtime().toString());
  }

  /// The processes that work in it, each as its number and command.
  List<String> processes() {
    return ProcessHandle.allProcesses().filter(this::worksHere).map(Clone::shown).toList();
  }

  private boolean worksHere(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd")).startsWith(root);
    } catch (IOException goneOrSomebodyElses) {
      return false;
    }
  }

  private static String shown(ProcessHandle process) {
    try {
      String command = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
      return process.pid() + " " + command.replace('\0', ' ').strip();
    } catch (IOException gone) {
      return process.pid() + " has ended";
    }
  }

  /// A port that nobody listens on.
  static int freePort() {
    return Stream.generate(Clone::anyPort).filter(Clone::isFree).findFirst().orElseThrow();
  }

  /// Below the range from which systems take the near end of outgoing connections.
  private static int anyPort() {
    return ThreadLocalRandom.current().nextInt(12_000, 19_000);
  }

  static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /// A new file for the output of a command.
  Path newFile(String name) {
    try {
      return Files.createTempFile(root.getParent(), name, ".txt");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
