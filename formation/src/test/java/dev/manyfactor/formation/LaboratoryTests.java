package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaboratoryTests {
  @TempDir Path folder;

  @Test
  void aServiceIsToldTheDetourToEachThingThatItLeansOn() throws Exception {
    Files.createDirectories(folder.resolve("cards"));
    Files.writeString(
        folder.resolve("cards/manyfactor.yaml"),
        "name: cards\nruntime: node 22\nprocesses: {web: node server.js}\n");
    Files.createDirectories(folder.resolve("payments"));
    Files.writeString(
        folder.resolve("payments/manyfactor.yaml"),
        """
        name: payments
        runtime: node 22
        processes: {web: node server.js}
        dependencies:
          - {name: database, kind: postgres, version: 18}
          - {name: cards, kind: service, path: ../cards}
          - {name: identity, kind: oidc}
        """);
    List<String> asked = new ArrayList<>();
    Laboratory laboratory =
        new Laboratory(
            folder,
            (service, dependency, port) -> {
              asked.add("%s %s %d".formatted(service, dependency, port));
              return port + 1;
            });

    ServiceLauncher.Wires wires =
        laboratory.detoured(
            Manifest.read(folder.resolve("payments")),
            new ServiceLauncher.Wires(
                Map.of(
                    "DATABASE_URL", "postgres://payments:5432@127.0.0.1:20000/payments",
                    "CARDS_URL", "http://127.0.0.1:20010",
                    "OIDC_ISSUER", "http://127.0.0.1:20020"),
                Map.of("DATABASE_MIGRATION_URL", "postgres://o:p@127.0.0.1:20000/payments"),
                "mark"));

    assertThat(asked).containsExactly("payments database 20000", "payments cards 20010");
    assertThat(wires.environment())
        .containsOnly(
            Map.entry("DATABASE_URL", "postgres://payments:5432@127.0.0.1:20001/payments"),
            Map.entry("CARDS_URL", "http://127.0.0.1:20011"),
            Map.entry("OIDC_ISSUER", "http://127.0.0.1:20020"));
    assertThat(wires.release())
        .containsOnly(
            Map.entry("DATABASE_MIGRATION_URL", "postgres://o:p@127.0.0.1:20001/payments"));
  }
}
