package dev.manyfactor.prover.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfinedThreadTests {
  @Test
  void onlyTheParentsOfProcessesAreConfinedInThisJvm() throws Exception {
    try (Cage cage = Cage.usual();
        ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Observed>> starts = new ArrayList<>();
      for (int count = 0; count < 8; count++) {
        starts.add(
            virtual.submit(() -> {
              Observed process = cage.shell("echo up; sleep 608");
              Cage.awaitLine(process, "up");
              return process;
            }));
      }
      for (Future<Observed> start : starts) {
        assertThat(start.get().exitCode()).isEmpty();
      }
      assertThat(confinedThreads()).hasSize(8).allMatch(name -> name.startsWith("mf-parent"));
      for (Future<Observed> start : starts) {
        start.get().close();
      }
      Files.writeString(cage.folder.resolve("written"), "by a thread that is free");
      Files.delete(cage.folder.resolve("written"));
    }
    assertThat(confinedThreads()).isEmpty();
  }

  private static List<String> confinedThreads() throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      return threads
          .map(thread ->
              ProcessTable.text(
                  ProcessHandle.current().pid(), "task/" + thread.getFileName() + "/status"))
          .filter(status -> status.contains("NoNewPrivs:\t1"))
          .map(status -> status.lines().findFirst().orElse("").replace("Name:\t", ""))
          .toList();
    }
  }
}
