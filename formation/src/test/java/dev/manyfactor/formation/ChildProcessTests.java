package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTests {
  @TempDir Path folder;

  @Test
  void whatIsJustBeingStartedEndsToo() throws Exception {
    assumeTrue(Spawner.givesSessions(), "only then what has lost its parent is known");
    Path heirs = folder.resolve("heirs");
    Path relay = folder.resolve("relay.sh"); // each starts the next, lives on for a moment and ends
    Files.writeString(
        relay,
        "trap '' TERM\necho >> %s\nsleep 0.01\nsh %s &\nsleep 0.2\n".formatted(heirs, relay));
    ChildProcess child =
        ChildProcess.start(
            new ChildProcess.Specification(
                "relay", List.of("sh", relay.toString()), folder, Map.of("PATH", "/usr/bin:/bin")),
            line -> {});
    try {
      Stage.await("some of them", () -> Files.exists(heirs) && heirs.toFile().length() > 20);
      assertThat(child.stop(Duration.ofMillis(50))).isFalse();
      assertThat(ProcessTree.of(child.handle())).isEmpty();
      long then = Files.size(heirs);
      Thread.sleep(200);
      assertThat(Files.size(heirs)).isEqualTo(then);
    } finally {
      Files.writeString(relay, "exit"); // whatever is left ends by itself
    }
  }
}
