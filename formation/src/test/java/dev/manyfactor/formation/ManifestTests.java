package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.manyfactor.formation.ProcessType.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTests {
  @TempDir Path folder;

  @Test
  void aWholeManifestIsRead() throws Exception {
    Files.createDirectories(folder.resolve("payments/src"));
    Files.createDirectories(folder.resolve("cards"));
    Files.writeString(folder.resolve("payments/api.yaml"), "openapi: 3.1.0");
    write("cards", "name: cards\nruntime: node 22\nprocesses: {web: node server.js}\n");
    Manifest manifest =
        write(
            "payments",
            """
            name: payments
            runtime: java 25
            owner: {team: payments, on_call: someone@example.org}
            build:
              command: make payments
              artifact: target/payments.jar
              inputs: [src]
            processes:
              web: {port: 8081}
              worker:
              scheduler: java -jar other.jar "with blanks"
            tasks:
              migrate: {}
              export: {command: ./export.sh, example: --tenant acme}
            release: migrate
            contract: api.yaml
            dependencies:
              - {name: database, kind: postgres, version: 18}
              - name: cards
                kind: service
                path: ../cards
                scope: charges:write charges:read
              - {name: identity, kind: oidc}
            environment: {LOG_LEVEL: debug, LIMIT: 5, FAST: true}
            """);

    assertThat(manifest.name()).isEqualTo("payments");
    assertThat(manifest.programs().processes())
        .containsExactly(
            new ProcessType(
                "web",
                new Command("java -jar target/payments.jar web"),
                Optional.of(new ProcessType.Listens("PORT", 8081)),
                new Readiness.Management()),
            new ProcessType(
                "worker",
                new Command("java -jar target/payments.jar worker"),
                Optional.empty(),
                new Readiness.Management()),
            new ProcessType(
                "scheduler",
                new Command("java -jar other.jar \"with blanks\""),
                Optional.empty(),
                new Readiness.Management()));
    assertThat(manifest.programs().tasks().keySet()).containsExactly("migrate", "export");
    assertThat(manifest.programs().examples()).containsOnly(Map.entry("export", "--tenant acme"));
    assertThat(manifest.programs().release()).contains("migrate");
    assertThat(manifest.build().orElseThrow().inputs())
        .containsExactly(folder.resolve("payments/src"));
    assertThat(manifest.environment())
        .containsEntry("LOG_LEVEL", "debug")
        .containsEntry("LIMIT", "5")
        .containsEntry("FAST", "true");
    Dependency.Service cards = manifest.dependencies(Dependency.Service.class).getFirst();
    assertThat(cards.path()).isEqualTo(folder.resolve("cards"));
    assertThat(cards.variable()).isEqualTo("CARDS_URL");
    assertThat(cards.prefix()).isEqualTo("CARDS_");
    assertThat(cards.access().orElseThrow().scopes())
        .isEqualTo(Set.of("charges:write", "charges:read"));
    Dependency.Postgres database = manifest.dependencies(Dependency.Postgres.class).getFirst();
    assertThat(database.variable()).isEqualTo("DATABASE_URL");
    assertThat(database.migrationVariable()).isEqualTo("DATABASE_MIGRATION_URL");
  }

  @Test
  void everyProblemIsNamedAtOnceWithLineAndRemedy() throws Exception {
    assertThat(
            problems(
                """
                name: Payments
                runtime: java
                proceses: {web: {}}
                processes:
                  web: {prt: 8080, readiness: prt}
                  worker: [1]
                build: {command: make}
                dependencies:
                  - {name: database, kind: postgress}
                  - {name: db, kind: postgres, version: 9, scope: x}
                environment: {log-level: debug}
                """))
        .containsExactly(
            "manyfactor.yaml:1:7: name: must be a name: small letters, digits and hyphens, beginning with a letter, at most 40; database, roles, audience and log prefix are called after it, but is \"Payments\"",
            "manyfactor.yaml:2:10: runtime: must be a language and its version, for example `java 25`, but is \"java\"",
            "manyfactor.yaml:3:11: unknown key \"proceses\"; did you mean \"processes\"?",
            "manyfactor.yaml:5:14: processes.web: unknown key \"prt\"; did you mean \"port\"?",
            "manyfactor.yaml:5:31: processes.web.readiness: must be what says that the process is ready: management (/readyz on MANAGEMENT_PORT), port (its own port accepts a connection), none, or a path on its own port such as /healthz, but is \"prt\"",
            "manyfactor.yaml:6:11: processes.worker: must be a mapping or a string, but is a list",
            "manyfactor.yaml:7:8: build: \"artifact\" is missing",
            "manyfactor.yaml:9:28: dependencies.0.kind: must be one of postgres, service, oidc, but is \"postgress\"; did you mean \"postgres\"?",
            "manyfactor.yaml:10:41: dependencies.1.version: must be 15 to 99, but is 9",
            "manyfactor.yaml:10:51: dependencies.1: unknown key \"scope\"; known are name, kind, version, variable",
            "manyfactor.yaml:11:14: environment: \"log-level\" is not the name of a variable: capital letters, digits and underscores, beginning with a letter");
  }

  @Test
  void whatASchemaCannotSayIsFoundToo() throws Exception {
    assertThat(
            problems(
                """
                name: payments
                runtime: node 22
                processes: {web: {}, worker: {command: node w.js, readiness: port}, clock: {command: x, readiness: /up}, api: {command: x, variable: API_PORT}}
                tasks: {migrate: node migrate.js}
                release: migrat
                contract: api.yaml
                dependencies:
                  - {name: database, kind: postgres, version: 18}
                  - {name: database, kind: postgres, version: 18}
                  - {name: cards, kind: service, path: ../cards}
                """))
        .containsExactly(
            "manyfactor.yaml:3:18: \"web\" has no command; say how it starts, for example web: node web.js",
            "manyfactor.yaml:3:30: processes.worker: readiness \"port\" needs a port",
            "manyfactor.yaml:3:76: processes.clock: readiness \"/up\" needs a port",
            "manyfactor.yaml:3:111: processes.api: has the same port as web; say another one with `port:`",
            "manyfactor.yaml:5:10: release: \"migrat\" is not one of the tasks; did you mean \"migrate\"?",
            "manyfactor.yaml:6:11: there is no api.yaml",
            "manyfactor.yaml:9:5: dependencies: the name \"database\" is given twice",
            "manyfactor.yaml:9:5: dependencies: a service has one postgres, but \"database\" is the second",
            "manyfactor.yaml:10:40: dependencies: ../cards holds neither manyfactor.yaml nor Procfile");
  }

  @Test
  void brokenYamlNamesThePlace() throws Exception {
    assertThat(problems("name: [payments\nruntime: java 25\n").getFirst())
        .startsWith("manyfactor.yaml:2:")
        .contains("expected ',' or ']'");
    assertThat(problems("name: payments\nname: cards\n").getFirst())
        .startsWith("manyfactor.yaml:2:5: Duplicate");
    assertThat(problems("name: &n payments\nruntime: *n\n").getFirst())
        .startsWith("manyfactor.yaml:2:10: aliases are not supported");
    assertThat(problems(""))
        .containsExactly("manyfactor.yaml:1:1: must be a mapping, but is nothing");
    assertThat(problems("just text")).isNotEmpty();
  }

  @Test
  void aFolderWithoutManifestSaysWhatToGive() {
    FormationException none =
        catchThrowableOfType(FormationException.class, () -> Manifest.read(folder));
    assertThat(none)
        .hasMessageContaining("holds neither manyfactor.yaml nor Procfile; give the folder");
    assertThat(none.exitCode()).isEqualTo(64);
    FormationException missing =
        catchThrowableOfType(
            FormationException.class, () -> Manifest.read(folder.resolve("nowhere")));
    assertThat(missing).hasMessageContaining("is not a folder");
  }

  @Test
  void bytesThatAreNotTextAreRefused() throws Exception {
    Files.write(folder.resolve("manyfactor.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    FormationException failure =
        catchThrowableOfType(FormationException.class, () -> Manifest.read(folder));
    assertThat(failure.exitCode()).isEqualTo(78);
    assertThat(failure).hasMessageContaining("UTF-8");
  }

  @Test
  void aCommandNeedsAShellOnlyForWhatAShellDoes() {
    assertThat(new Command("java  -jar a.jar web").words())
        .containsExactly("java", "-jar", "a.jar", "web");
    assertThat(new Command("node s.js -p $PORT").words())
        .containsExactly("sh", "-c", "node s.js -p $PORT");
    assertThat(new Command("A=b node s.js").words()).startsWith("sh", "-c");
    assertThat(new Command("run \"a b\"").with(List.of("x y")))
        .containsExactly("sh", "-c", "run \"a b\" \"$@\"", "sh", "x y");
  }

  private List<String> problems(String text) throws IOException {
    FormationException failure =
        catchThrowableOfType(FormationException.class, () -> write("service", text));
    assertThat(failure).as(text).isNotNull();
    assertThat(failure.exitCode()).isEqualTo(78);
    return failure.evidence();
  }

  private Manifest write(String name, String text) throws IOException {
    Path directory = Files.createDirectories(folder.resolve(name));
    Files.writeString(directory.resolve(Manifest.FILE), text);
    return Manifest.read(directory);
  }
}
