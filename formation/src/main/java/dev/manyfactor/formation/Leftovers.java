package dev.manyfactor.formation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Ends what an earlier formation in the same directory left running when its supervisor was
/// killed.
///
/// Only processes that are surely the formation's own are touched: pid and start instant are those
/// that were written down, or (on Linux) the process carries the formation's random mark in its
/// environment.
final class Leftovers {
  private Leftovers() {}

  /// Asks what is left to end, kills what does not within `patience`, and says how many there were.
  static int end(FormationState earlier, Duration patience) throws InterruptedException {
    List<ProcessHandle> left =
        Stream.concat(recorded(earlier), marked(earlier.id())).distinct().toList();
    left.forEach(ProcessHandle::destroy);
    if (!ProcessTree.awaitAll(left, patience)) {
      left.forEach(ProcessHandle::destroyForcibly);
      ProcessTree.awaitAll(left, patience);
    }
    return left.size();
  }

  private static Stream<ProcessHandle> recorded(FormationState earlier) {
    return earlier.services().stream()
        .flatMap(service -> service.processes().stream())
        .flatMap(process -> process.process().identity().living().stream());
  }

  private static Stream<ProcessHandle> marked(String id) {
    byte[] mark = (FormationState.MARK + "=" + id).getBytes(StandardCharsets.UTF_8);
    return ProcessHandle.allProcesses().filter(process -> carries(process.pid(), mark));
  }

  private static boolean carries(long pid, byte[] mark) {
    try {
      String wanted = new String(mark, StandardCharsets.UTF_8);
      byte[] environment = Files.readAllBytes(Path.of("/proc/" + pid + "/environ"));
      return Stream.of(new String(environment, StandardCharsets.UTF_8).split("\0", -1))
          .anyMatch(wanted::equals);
    } catch (IOException notOurs) {
      return false;
    }
  }
}
