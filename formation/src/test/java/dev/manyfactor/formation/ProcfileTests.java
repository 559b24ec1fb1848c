package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.manyfactor.formation.ProcessType.Listens;
import dev.manyfactor.formation.ProcessType.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcfileTests {
  @TempDir Path folder;

  @Test
  void aProcfileIsAllThatAServiceNeeds() throws Exception {
    Manifest manifest =
        read(
            "My Shop_2",
            """
            # how it runs
            release: python3 migrate.py

              web:node server.js
            api_v2: exec node api.js --port ${PORT}
            worker: FAST=1 node worker.js  # a comment of the shell
            """);
    assertThat(manifest.name()).isEqualTo("my-shop-2");
    assertThat(manifest.identity().runtime()).isEmpty();
    assertThat(manifest.programs().processes())
        .containsExactly(
            new ProcessType(
                "web",
                new Command("node server.js"),
                Optional.of(new Listens("PORT", 8080)),
                new Readiness.Port()),
            new ProcessType(
                "api_v2",
                new Command("exec node api.js --port ${PORT}"),
                Optional.of(new Listens("PORT", 8180)),
                new Readiness.Port()),
            new ProcessType(
                "worker",
                new Command("FAST=1 node worker.js  # a comment of the shell"),
                Optional.empty(),
                new Readiness.None()));
    assertThat(manifest.programs().release()).contains("release");
    assertThat(manifest.programs().tasks())
        .isEqualTo(Map.of("release", new Command("python3 migrate.py")));
    assertThat(manifest.dependencies()).isEmpty();
    assertThat(manifest.build()).isEmpty();
  }

  @Test
  void everyLineThatIsWrongIsNamedAtOnce() {
    assertThat(
            problems(
                """
                web: node server.js
                == ours ==
                web: node other.js
                wörker: node worker.js
                clock:
                just words
                """))
        .containsExactly(
            "Procfile:2:1: must be `name: command` on one line, for example `web: node server.js`, but is `== ours ==`",
            "Procfile:3:1: the process type \"web\" is given twice",
            "Procfile:4:1: a process type is letters, digits, \"_\" and \"-\", at most 40, but this one is \"wörker\"",
            "Procfile:5:1: \"clock\" has no command; write it on the same line, for example `clock: node clock.js`",
            "Procfile:6:1: must be `name: command` on one line, for example `web: node server.js`, but is `just words`");
    assertThat(problems("release: ./migrate\n# web: node server.js\n"))
        .containsExactly(
            "Procfile:1:1: there is no process type; write a line like `web: node server.js`");
    assertThat(problems("")).hasSize(1);
  }

  @Test
  void aFileOfWindowsIsReadAsOneOfUnix() throws Exception {
    assertThat(read("shop", "web: node server.js\r\nworker: node worker.js\r\n").programs())
        .isEqualTo(read("other", "web: node server.js\nworker: node worker.js\n").programs());
  }

  @Test
  void aFolderGivesTheNameInTheLettersOfAName() {
    assertThat(List.of("Shop", "9-lives", "a.b c", "--", "é", "x".repeat(50)))
        .extracting(name -> Procfile.serviceName(Path.of(name)))
        .containsExactly("shop", "lives", "a-b-c", "service", "service", "x".repeat(40));
    assertThat(Procfile.serviceName(Path.of("/"))).isEqualTo("service");
  }

  @Test
  void whatIsInferredIsSaidWithHowToSayMore() throws Exception {
    Manifest service = read("shop", "web: node server.js\nclock: node clock.js\nrelease: true\n");
    Files.writeString(service.directory().resolve(".env"), "SECRET=x\n");
    assertThat(Notes.on(service))
        .containsExactly(
            "from its Procfile: web serves on PORT (8080 unless said otherwise) and is ready when that accepts a connection; clock is ready once it has started; release runs before them",
            "its Procfile names no dependencies, so there is no database and no issuer; declare them in a manyfactor.yaml beside it",
            "its .env is not read: settings come from the shell, for example `set -a; . ./.env; set +a` before mf up");
  }

  @Test
  void theManifestCountsWhereThereAreBothAndADifferenceIsSaid() throws Exception {
    read("shop", "web: node server.js\nclock: node clock.js\n");
    Path shop = folder.resolve("shop");
    Files.writeString(
        shop.resolve("manyfactor.yaml"),
        "name: store\nruntime: node 20\nprocesses: {web: node main.js, worker: node worker.js}\n");
    assertThat(Manifest.read(shop).name()).isEqualTo("store");
    assertThat(Notes.on(Manifest.read(shop)))
        .containsExactly(
            "its manyfactor.yaml counts, and the Procfile differs: clock is missing, in the Procfile `node clock.js`; web is `node main.js`, in the Procfile `node server.js`; worker is `node worker.js`, in the Procfile missing");
    Files.writeString(shop.resolve("Procfile"), "web: node main.js\nworker: node worker.js\n");
    assertThat(Notes.on(Manifest.read(shop))).isEmpty();
    Files.writeString(shop.resolve("Procfile"), "nothing\n");
    assertThat(Notes.on(Manifest.read(shop)).getFirst()).contains("cannot be read", "Procfile:1:1");
  }

  @Test
  void everyProgramThatIsMissingIsNamedWithItsPackage() throws Exception {
    Files.createDirectories(folder.resolve("bin"));
    Manifest service =
        read(
            "shop",
            """
            release: cd db && nowhere
            web: NODE_ENV=production exec node server.js
            worker: python3 worker.py | tee log
            clock: ./bin/clock
            shell: echo "$PORT"
            loop: while true; do date; sleep 1; done
            each: for queue in a b; do ./run $queue; done
            choice: if test -f x; then ./x; else ./y; fi
            """);
    FormationException failure =
        catchThrowableOfType(
            FormationException.class,
            () ->
                RequiredPrograms.check(
                    List.of(service), Map.of("PATH", folder.resolve("bin").toString())));
    assertThat(failure.exitCode()).isEqualTo(69);
    assertThat(failure).hasMessage("3 programs are missing; install them and start again");
    assertThat(failure.evidence())
        .containsExactly(
            "shop.web needs the program \"node\", which is not on the PATH; install it (Debian: apt-get install nodejs), or correct the command",
            "shop.worker needs the program \"python3\", which is not on the PATH; install it (Debian: apt-get install python3), or correct the command",
            "shop.clock starts %s, which is not an executable file; build it, or correct the command"
                .formatted(service.directory().resolve("bin/clock")));
  }

  @Test
  void aFileThatIsNoTextIsRefusedInWords() throws Exception {
    Path service = Files.createDirectories(folder.resolve("service"));
    for (String file : List.of("Procfile", "manyfactor.yaml")) {
      Files.write(service.resolve(file), new byte[] {(byte) 0xff, 0});
      assertThatThrownBy(() -> Manifest.read(service))
          .hasMessage(
              "cannot read %s: it is not UTF-8; it must be a text file in UTF-8 that you may read"
                  .formatted(service.resolve(file)));
    }
  }

  private List<String> problems(String text) {
    FormationException failure =
        catchThrowableOfType(FormationException.class, () -> read("service", text));
    assertThat(failure).as(text).isNotNull();
    assertThat(failure.exitCode()).isEqualTo(78);
    return failure.evidence();
  }

  private Manifest read(String name, String text) throws IOException {
    Path directory = Files.createDirectories(folder.resolve(name));
    Files.writeString(directory.resolve("Procfile"), text);
    return Manifest.read(directory);
  }
}
