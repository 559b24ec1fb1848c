package dev.manyfactor.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.config.Environment;
import dev.manyfactor.config.Variable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RehearsalTests {
  private final Service keeper =
      Service.of(
          "keeper",
          service -> {
            service.database();
            service.upstream("cards");
          });

  @Test
  void itNeedsNothingAndReachesNothing() throws Exception {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "postgres://app@localhost:" + listener.getLocalPort() + "/app";
      assertThat(rehearse(Map.of("DATABASE_URL", url, "PORT", "no port"))).isZero();

      listener.setSoTimeout(1);
      assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void itsAddressesAreOfThisMachine() {
    Environment madeUp =
        Rehearsal.madeUp(
            List.of(
                variable("A_URL", true, "https://one.example.com/v1,https://two.example.com"),
                variable("B_URL", true, "postgres://app@db.example.com:5432/app"),
                variable("C_NAME", true, "payments"),
                variable("D_TOKEN", true, ""),
                variable("E_URL", false, "https://example.com")));

    assertThat(madeUp.value("A_URL")).contains("http://127.0.0.1:1/v1,http://127.0.0.1:1");
    assertThat(madeUp.value("B_URL")).contains("postgres://app@127.0.0.1:1/app");
    assertThat(madeUp.value("C_NAME")).contains("payments");
    assertThat(madeUp.value("D_TOKEN")).contains("rehearsal");
    assertThat(madeUp.value("E_URL")).isEmpty();
  }

  private int rehearse(Map<String, String> environment) {
    var out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return keeper.run(List.of("rehearse"), Environment.of(environment), out, out);
  }

  private static Variable variable(String name, boolean required, String example) {
    return new Variable(name, "", Optional.empty(), required, false, "", example, List.of());
  }
}
