package dev.manyfactor.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PlainProgramTests {

  @Test
  void aProgramWithoutWebHasOneEffectPerKey() throws Exception {
    try (var shop = new Shop()) {
      assertThat(run(shop)).isEqualTo("Done");
      assertThat(run(shop)).isEqualTo("Replayed");
      assertThat(shop.orders()).isEqualTo(1);
    }
  }

  private static String run(Shop shop) throws IOException, InterruptedException {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PlainProgram.class.getName(),
                shop.postgres.app() + "",
                "key-of-the-program")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(program.exitValue()).isZero();
    return output.strip();
  }
}
