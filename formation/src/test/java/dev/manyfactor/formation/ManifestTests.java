package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.manyfactor.formation.ProcessType.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
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

    var archive = Optional.of(new ClassArchive(manifest.directory(), "target/payments.jsa"));
    assertThat(manifest.name()).isEqualTo("payments");
    assertThat(manifest.programs().processes())
        .containsExactly(
            new ProcessType(
                "web",
                new Command("java -jar target/payments.jar web", archive),
                Optional.of(new ProcessType.Listens("PORT", 8081)),
                new Readiness.Management()),
            new ProcessType(
                "worker",
                new Command("java -jar target/payments.jar worker", archive),
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
            "manyfactor.yaml:1:7: name: must be a name: small letters, digits and hyphens,"
                + " beginning with a letter, at most 40; database, roles, audience and log prefix"
                + " are called after it, but is \"Payments\"",
            "manyfactor.yaml:2:10: runtime: must be a language and its version, for example `java"
                + " 25`, but is \"java\"",
            "manyfactor.yaml:3:11: unknown key \"proceses\"; did you mean \"processes\"?",
            "manyfactor.yaml:5:14: processes.web: unknown key \"prt\"; did you mean \"port\"?",
            "manyfactor.yaml:5:31: processes.web.readiness: must be what says that the process is"
                + " ready: management (/readyz on MANAGEMENT_PORT), port (its own port accepts a"
                + " connection), none, or a path on its own port such as /healthz, but is \"prt\"",
            "manyfactor.yaml:6:11: processes.worker: must be a mapping or a string, but is a list",
            "manyfactor.yaml:7:8: build: \"artifact\" is missing",
            "manyfactor.yaml:9:28: dependencies.0.kind: must be one of postgres, service, oidc, but"
                + " is \"postgress\"; did you mean \"postgres\"?",
            "manyfactor.yaml:10:41: dependencies.1.version: must be 15 to 99, but is 9",
            "manyfactor.yaml:10:51: dependencies.1: unknown key \"scope\"; known are name, kind,"
                + " version, variable, required",
            "manyfactor.yaml:11:14: environment: \"log-level\" is not the name of a variable:"
                + " capital letters, digits and underscores, beginning with a letter");
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
            "manyfactor.yaml:3:18: \"web\" has no command; say how it starts, for example web: node"
                + " web.js",
            "manyfactor.yaml:3:30: processes.worker: readiness \"port\" needs a port",
            "manyfactor.yaml:3:76: processes.clock: readiness \"/up\" needs a port",
            "manyfactor.yaml:3:111: processes.api: has the same port as web; say another one with"
                + " `port:`",
            "manyfactor.yaml:5:10: release: \"migrat\" is not one of the tasks; did you mean"
                + " \"migrate\"?",
            "manyfactor.yaml:6:11: there is no api.yaml",
            "manyfactor.yaml:9:5: dependencies: the name \"database\" is given twice",
            "manyfactor.yaml:9:5: dependencies: a service has one postgres, but \"database\" is the"
                + " second",
            "manyfactor.yaml:10:40: dependencies: ../cards holds neither manyfactor.yaml nor"
                + " Procfile");
  }

  @Test
  void whatItSaysForTheProverIsRead() throws Exception {
    Manifest manifest =
        write(
            "payments",
            """
            name: payments
            runtime: node 20
            processes: {web: node server.js}
            dependencies:
              - {name: identity, kind: oidc}
              - {name: database, kind: postgres, version: 18, required: false}
            variables:
              RATE: {type: number, example: 1.5}
              KEY: {secret: true}
              LIMIT: {type: duration, required: false}
              DATABASE_URL: {type: url, secret: true}
              DATABASE_MIGRATION_URL: {type: url}
              PORT: {type: number}
            deadlines: {ready: 20s, response: 500ms, recovery: 2m}
            info: /info
            waivers:
              - {requirement: 09-2, reason: it is short, owner: team, until: 2027-01-31}
            samples:
              - request: PUT /v1/things/{unique}
                body: {email: "{unique}@example.com"}
                read: /v1/things/{id}?of={owner.id}
                idempotency: natural
            """);

    assertThat(manifest.proving().variables())
        .containsExactly(
            new Variable("RATE", Variable.Kind.NUMBER, true, false, Optional.of("1.5")),
            new Variable("KEY", Variable.Kind.TEXT, true, true, Optional.empty()),
            new Variable("LIMIT", Variable.Kind.DURATION, false, false, Optional.empty()),
            new Variable("DATABASE_URL", Variable.Kind.URL, true, true, Optional.empty()),
            new Variable(
                "DATABASE_MIGRATION_URL", Variable.Kind.URL, true, false, Optional.empty()),
            new Variable("PORT", Variable.Kind.NUMBER, true, false, Optional.empty()));
    assertThat(manifest.proving().deadlines())
        .isEqualTo(
            new Proving.Deadlines(
                Duration.ofSeconds(20),
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                Duration.ofMinutes(2)));
    assertThat(manifest.proving().info()).contains("/info");
    assertThat(manifest.proving().waivers())
        .containsExactly(
            new Proving.Waiver("09-2", "it is short", "team", LocalDate.of(2027, 1, 31)));
    assertThat(manifest.dependencies())
        .extracting(Dependency::required)
        .containsExactly(true, false);
    assertThat(manifest.samples().getFirst().filled("a1"))
        .isEqualTo(
            new Manifest.Sample(
                "PUT",
                "/v1/things/a1",
                Set.of(),
                Optional.of("{\"email\":\"a1@example.com\"}"),
                Optional.of("/v1/things/{id}?of={owner.id}"),
                Optional.of("natural")));
  }

  @Test
  void variablesMayBeSaidByACommand() throws Exception {
    String head = "name: a\nruntime: node 20\nprocesses: {web: node server.js}\n";
    Proving proving = write("a", head + "variables: {schema: node config.js}\n").proving();
    assertThat(proving.schema()).contains(new Command("node config.js"));
    assertThat(proving.variables()).isEmpty();
    assertThat(write("b", head).proving()).isEqualTo(Proving.NOTHING);
  }

  @Test
  void whatIsWrongForTheProverIsNamedAtOnceToo() throws Exception {
    assertThat(
            problems(
                """
                name: payments
                runtime: node 20
                processes: {web: node server.js}
                variables:
                  rate: {type: number}
                  RATE: {type: numbr, secrt: true}
                  ON: {required: sometimes, example: [1]}
                deadlines: {redy: 10s, stop: 10, ready: 0s, response: forever}
                info: info
                waivers:
                  - {requirement: 9-2, reason: "", until: tomorrow}
                dependencies: [{name: identity, kind: oidc, required: no-no}]
                samples: [{request: GET /x, read: x, idempotency: keys}]
                """))
        .containsExactly(
            "manyfactor.yaml:5:3: variables: \"rate\" is not the name of a variable: capital"
                + " letters, digits and underscores, beginning with a letter; or `schema` alone,"
                + " with a command",
            "manyfactor.yaml:6:16: variables.RATE.type: must be one of text, number, duration, url,"
                + " boolean, but is \"numbr\"; did you mean \"number\"?",
            "manyfactor.yaml:6:30: variables.RATE: unknown key \"secrt\"; did you mean \"secret\"?",
            "manyfactor.yaml:7:18: variables.ON.required: must be a boolean, but is a string",
            "manyfactor.yaml:7:38: variables.ON.example: must be a string or a number or a boolean,"
                + " but is a list",
            "manyfactor.yaml:8:19: deadlines: unknown key \"redy\"; did you mean \"ready\"?",
            "manyfactor.yaml:8:30: deadlines.stop: must be a string, but is a number",
            "manyfactor.yaml:8:41: deadlines.ready: must be a time such as 10s, 500ms or 2m, but is"
                + " \"0s\"",
            "manyfactor.yaml:8:55: deadlines.response: must be a time such as 10s, 500ms or 2m, but"
                + " is \"forever\"",
            "manyfactor.yaml:9:7: info: must be a path such as /info: where the running service"
                + " names the commit that it was built from, but is \"info\"",
            "manyfactor.yaml:11:5: waivers.0: \"owner\" is missing",
            "manyfactor.yaml:11:19: waivers.0.requirement: must be the id of a requirement, for"
                + " example 09-2, but is \"9-2\"",
            "manyfactor.yaml:11:32: waivers.0.reason: must not be empty",
            "manyfactor.yaml:11:43: waivers.0.until: must be a day, for example 2027-01-31, but is"
                + " \"tomorrow\"",
            "manyfactor.yaml:12:55: dependencies.0.required: must be a boolean, but is a string",
            "manyfactor.yaml:13:35: samples.0.read: must be a path, for example"
                + " `/v1/payments/{id}`: where that which it made is read, {id} standing for the"
                + " member `id` of its answer, but is \"x\"",
            "manyfactor.yaml:13:51: samples.0.idempotency: must be one of key, natural, safe, none,"
                + " but is \"keys\"; did you mean \"key\"?");
  }

  @Test
  void whatASchemaCannotSayForTheProverIsFoundToo() throws Exception {
    assertThat(
            problems(
                """
                name: payments
                runtime: node 20
                processes: {web: node server.js}
                variables:
                  NAME: {}
                  RATE: {type: number, example: fast}
                  LIMIT: {type: duration, example: 5 seconds}
                  PEER: {type: url, example: localhost}
                  FLAG: {type: boolean, example: on}
                  CODE: {type: number, secret: true}
                  PIN: {type: number, secret: true, example: s3cret}
                  schema: node config.js
                waivers:
                  - {requirement: 09-2, reason: a, owner: b, until: 2027-02-30}
                  - {requirement: 09-2, reason: a, owner: b, until: 2027-02-28}
                samples: [{request: "GET /x/{uniq}", read: "/x/{unique}/{}"}]
                """))
        .containsExactly(
            "manyfactor.yaml:5:9: variables.NAME: needs an `example` that works; or say `required:"
                + " false` if the service starts without it, `secret: true` if random letters do",
            "manyfactor.yaml:6:33: variables.RATE.example: must be a number, but is \"fast\"",
            "manyfactor.yaml:7:36: variables.LIMIT.example: must be a time such as 5s or 200ms, but"
                + " is \"5 seconds\"",
            "manyfactor.yaml:8:30: variables.PEER.example: must be an address such as"
                + " http://localhost:8081, but is \"localhost\"",
            "manyfactor.yaml:9:34: variables.FLAG.example: must be true or false, but is \"on\"",
            "manyfactor.yaml:10:9: variables.CODE: a secret that is a number needs an `example`,"
                + " since random letters are none",
            "manyfactor.yaml:11:46: variables.PIN.example: must be a number, but is \"***\"",
            "manyfactor.yaml:12:11: variables: `schema` is a command that prints all of them; give"
                + " either that or a list",
            "manyfactor.yaml:14:53: waivers: there is no day 2027-02-30",
            "manyfactor.yaml:15:19: waivers: 09-2 is waived twice",
            "manyfactor.yaml:16:21: samples: \"{uniq}\" stands for nothing in a request; only"
                + " {unique} does, for letters that no other request has; did you mean"
                + " \"{unique}\"?",
            "manyfactor.yaml:16:44: samples: \"{unique}\" stands for no member of the answer; write"
                + " for example {id}",
            "manyfactor.yaml:16:44: samples: \"{}\" stands for no member of the answer; write for"
                + " example {id}");
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
