package dev.manyfactor.formation.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.manyfactor.formation.Command;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.formation.ProcessType.Listens;
import dev.manyfactor.formation.ProcessType.Readiness;
import dev.manyfactor.formation.Variable;
import dev.manyfactor.formation.Variable.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestDraftTests {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void aFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("My Shop_2"));
  }

  @Test
  void aServiceWithAProcfileGetsItsProcessesContractReadinessAndSamples() throws Exception {
    for (String name :
        List.of(
            "Procfile",
            "server.js",
            "service.js",
            "worker.js",
            "greetings.js",
            "greetings.openapi.yaml")) {
      Files.copy(Path.of("../fixtures/node", name), folder.resolve(name));
    }
    ManifestDraft draft = ManifestDraft.write(folder);
    Manifest manifest = Manifest.read(folder);
    assertThat(manifest.name()).isEqualTo("my-shop-2");
    assertThat(manifest.identity().runtime()).contains("node 22");
    assertThat(manifest.programs().processes())
        .containsExactly(
            web("node server.js", 8080, new Readiness.Answer("/readyz")),
            new ProcessType(
                "worker", new Command("node worker.js"), Optional.empty(), new Readiness.None()));
    assertThat(manifest.contract()).contains(folder.resolve("greetings.openapi.yaml"));
    assertThat(manifest.samples()).containsExactly(read("/v1/greetings/ada"));
    assertThat(draft.inferred())
        .contains(
            "process web `node server.js`, from Procfile", "readiness /readyz, from server.js");
    assertThat(draft.missing()).anyMatch(line -> line.startsWith("runtime:"));
  }

  @Test
  void aNodeServiceIsReadFromItsPackageAndItsExampleOfAnEnvironment() throws Exception {
    file(
        "package.json",
        """
        {"name": "shop", "engines": {"node": ">=20.1"}, "main": "index.js",
         "scripts": {"start": "node src/server.js", "worker": "tsx worker.ts", "migrate": "node migrate.js"},
         "dependencies": {"pg": "^8", "redis": "^5"}}
        """);
    file(
        ".env.example",
        """
        # what the shop reads
        PORT=3000
        SHOP_DB_URL="postgres://app:secret@localhost/shop"
        API_KEY=change-me
        RATES_URL=https://rates.example.com/v1 # daily
        RETRIES=3
        TIMEOUT=500ms
        export VERBOSE=false
        GREETING='Hello: "you"'
        REGION=
        # CACHE_TTL=5m
        """);
    file(
        "src/server.js",
        """
        const { API_KEY, LIMIT = 3 } = process.env;
        if (process.env.NODE_ENV === "test" || process.env["DATABASE_MIGRATION_URL"]) {}
        """);
    file("node_modules/x/index.js", "process.env.NEVER_SEEN");
    ManifestDraft draft = ManifestDraft.write(folder);
    Manifest manifest = Manifest.read(folder);
    assertThat(manifest.identity().runtime()).contains("node 20.1");
    assertThat(manifest.programs().processes())
        .containsExactly(
            web("node src/server.js", 3000, new Readiness.Port()),
            new ProcessType(
                "worker", new Command("npm run worker"), Optional.empty(), new Readiness.None()));
    assertThat(manifest.programs().release()).contains("migrate");
    assertThat(manifest.dependencies())
        .containsExactly(new Dependency.Postgres("database", 18, "SHOP_DB_URL", true));
    assertThat(manifest.proving().variables())
        .containsExactlyInAnyOrder(
            new Variable("API_KEY", Kind.TEXT, true, true, Optional.empty()),
            new Variable(
                "RATES_URL", Kind.URL, true, false, Optional.of("https://rates.example.com/v1")),
            new Variable("RETRIES", Kind.NUMBER, true, false, Optional.of("3")),
            new Variable("TIMEOUT", Kind.DURATION, true, false, Optional.of("500ms")),
            new Variable("VERBOSE", Kind.BOOLEAN, true, false, Optional.of("false")),
            new Variable("GREETING", Kind.TEXT, true, false, Optional.of("Hello: \"you\"")),
            new Variable("REGION", Kind.TEXT, false, false, Optional.empty()),
            new Variable("CACHE_TTL", Kind.DURATION, false, false, Optional.of("5m")),
            new Variable("LIMIT", Kind.NUMBER, false, false, Optional.of("3")),
            new Variable("NODE_ENV", Kind.TEXT, false, false, Optional.empty()),
            new Variable("DATABASE_MIGRATION_URL", Kind.TEXT, false, false, Optional.empty()));
    assertThat(Files.readString(draft.file())).doesNotContain("change-me", "app:secret");
    assertThat(draft.missing())
        .anyMatch(line -> line.contains("Redis"))
        .anyMatch(line -> line.startsWith("variables.REGION:"));
  }

  @Test
  void aPythonServiceIsStartedByWhatItsFrameworkNeeds() throws Exception {
    file("requirements.txt", "fastapi==0.115\npsycopg[binary]>=3\n");
    file(
        "app/main.py",
        "import os\napp = FastAPI(title='x')\nKEY = os.environ[\"SIGNING_SECRET\"]\n@app.get('/healthz')\n");
    ManifestDraft.write(folder);
    Manifest fast = Manifest.read(folder);
    assertThat(fast.programs().processes())
        .containsExactly(
            web(
                "uvicorn app.main:app --host $HOST --port $PORT",
                8080,
                new Readiness.Answer("/healthz")));
    assertThat(fast.dependencies()).hasExactlyElementsOfTypes(Dependency.Postgres.class);
    assertThat(fast.proving().variables())
        .containsExactly(new Variable("SIGNING_SECRET", Kind.TEXT, true, true, Optional.empty()));

    folder = Files.createDirectory(temporary.resolve("flask"));
    file("pyproject.toml", "[project]\nrequires-python = \">=3.11\"\n");
    file("app.py", "application = Flask(__name__)\n");
    ManifestDraft.write(folder);
    Manifest flask = Manifest.read(folder);
    assertThat(flask.identity().runtime()).contains("python 3.11");
    assertThat(flask.programs().processes().getFirst().command().line())
        .isEqualTo("gunicorn app:application --bind $HOST:$PORT");
  }

  @Test
  void filesAreTakenByTheirNamesWhereNothingElseSaysWhatStarts() throws Exception {
    file("server.py", "if path == '/readyz': pass\nfrom psycopg2 import connect\n");
    file("database.py", "import psycopg2\nURL = os.environ[\"DATABASE_URL\"]\n");
    file(
        "worker.py",
        """
        import os
        issuer = given.url("OIDC_ISSUER", ("http", "https"))
        pause = seconds("WORKER_PAUSE", "30s")
        sizes = os.environ.get('SIZES') or "s, m"
        """);
    file("migrate.py", "url = os.environ['DATABASE_MIGRATION_URL']\n");
    ManifestDraft.write(folder);
    Manifest manifest = Manifest.read(folder);
    assertThat(manifest.programs().processes())
        .containsExactly(
            web("python3 server.py", 8080, new Readiness.Answer("/readyz")),
            new ProcessType(
                "worker",
                new Command("python3 worker.py"),
                Optional.empty(),
                new Readiness.None()));
    assertThat(manifest.programs().release()).contains("migrate");
    assertThat(manifest.dependencies())
        .hasExactlyElementsOfTypes(Dependency.Postgres.class, Dependency.Oidc.class);
    assertThat(manifest.proving().variables())
        .containsExactlyInAnyOrder(
            new Variable("WORKER_PAUSE", Kind.DURATION, false, false, Optional.of("30s")),
            new Variable("SIZES", Kind.TEXT, false, false, Optional.of("s, m")));
  }

  @Test
  void whatIsBuiltIsBuilt() throws Exception {
    file("go.mod", "module example.org/shop\n\ngo 1.24\n\nrequire github.com/jackc/pgx/v5 v5.7\n");
    file("cmd/shop/main.go", "package main\n");
    ManifestDraft.write(folder);
    Manifest go = Manifest.read(folder);
    assertThat(go.identity().runtime()).contains("go 1.24");
    assertThat(go.build().orElseThrow().command().line())
        .isEqualTo("go build -o bin/web ./cmd/shop");
    assertThat(go.dependencies()).hasExactlyElementsOfTypes(Dependency.Postgres.class);

    folder = Files.createDirectory(temporary.resolve("java"));
    file(
        "pom.xml",
        """
        <project><parent><artifactId>boot</artifactId><version>9</version></parent>
          <artifactId>shop</artifactId><version>1.2</version>
          <properties><java.version>21</java.version></properties></project>
        """);
    ManifestDraft.write(folder);
    Manifest java = Manifest.read(folder);
    assertThat(java.identity().runtime()).contains("java 21");
    assertThat(java.build().orElseThrow().artifact())
        .isEqualTo(folder.resolve("target/shop-1.2.jar"));
    assertThat(java.programs().processes())
        .containsExactly(web("java -jar target/shop-1.2.jar", 8080, new Readiness.Port()));
  }

  @Test
  void anImageSaysWhatItStarts() throws Exception {
    file(
        "Dockerfile",
        """
        FROM docker.io/library/node:20-slim AS build
        RUN npm ci
        FROM ruby:3.3
        EXPOSE 9292
        ENTRYPOINT ["bundle", "exec"]
        CMD ["puma", "-e", "it's"]
        """);
    ManifestDraft.write(folder);
    assertThat(Manifest.read(folder).programs().processes())
        .containsExactly(web("bundle exec puma -e 'it'\\''s'", 9292, new Readiness.Port()));
  }

  @Test
  void samplesAreMadeOfAnyContractThatLiesThere() throws Exception {
    file(
        "Procfile",
        "release: ./migrate.sh\nweb: ./serve --port $PORT\nWeb_Socket: ./socket $PORT\n");
    file("docs/notes.yaml", "openapi: is what we want\n");
    file(
        "docs/api.json",
        """
        {"openapi": "3.1.0", "security": [{"oidc": ["things:read"]}], "paths": {
          "/things": {"post": {"security": [{"oidc": ["things:write"]}],
            "requestBody": {"$ref": "#/components/requestBodies/Thing"}}},
          "/things/{id}": {"get": {"parameters": [{"name": "id", "in": "path", "schema": {"type": "string", "format": "uuid"}}]}},
          "/kinds": {"get": {"parameters": [{"name": "of", "in": "query", "required": true, "schema": {"enum": ["a", "b"]}}]}}},
         "components": {
          "requestBodies": {"Thing": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}},
          "schemas": {"Thing": {"type": "object", "required": ["email", "size", "tags", "country"], "properties": {
            "email": {"type": "string", "format": "email"}, "size": {"type": "integer", "minimum": 2},
            "tags": {"type": "array"}, "country": {"type": "string", "pattern": "^[A-Z]{2}$"}, "note": {"type": "string"}}}}}}
        """);
    ManifestDraft.write(folder);
    Manifest manifest = Manifest.read(folder);
    assertThat(manifest.contract()).contains(folder.resolve("docs/api.json"));
    assertThat(manifest.samples())
        .containsExactly(
            new Manifest.Sample(
                "POST",
                "/things",
                Set.of("things:write"),
                Optional.of(
                    "{\"email\":\"{unique}@example.com\",\"size\":2,\"tags\":[],\"country\":\"GB\"}"),
                Optional.empty(),
                Optional.empty()),
            new Manifest.Sample(
                "GET",
                "/kinds?of=a",
                Set.of("things:read"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(manifest.programs().processes())
        .extracting(ProcessType::name)
        .containsExactly("web", "web-socket");
    assertThat(manifest.programs().release()).contains("release");
  }

  @Test
  void aRequestThatSomebodyHasNamedIsASample() throws Exception {
    file("Procfile", "web: ./serve\n");
    ManifestDraft draft = ManifestDraft.write(folder, List.of(read("/things?of=a&b=\"c:d#e\"")));
    assertThat(Manifest.read(folder).samples()).containsExactly(read("/things?of=a&b=\"c:d#e\""));
    assertThat(draft.missing()).noneMatch(line -> line.startsWith("samples:"));
  }

  @Test
  void whatIsThereIsNeverOverwritten() throws Exception {
    file("Procfile", "web: node server.js\n");
    file("manyfactor.yaml", "mine\n");
    FormationException refused =
        catchThrowableOfType(FormationException.class, () -> ManifestDraft.write(folder));
    assertThat(refused.exitCode()).isEqualTo(64);
    assertThat(refused).hasMessageContaining("is there already and stays as it is");
    assertThat(folder.resolve("manyfactor.yaml")).hasContent("mine\n");
  }

  @Test
  void aFolderThatSaysNothingIsRefused() throws Exception {
    file("README.md", "hello");
    FormationException refused =
        catchThrowableOfType(FormationException.class, () -> ManifestDraft.write(folder));
    assertThat(refused.exitCode()).isEqualTo(64);
    assertThat(refused).hasMessageContaining("write a Procfile there with a line such as");
    assertThat(folder.resolve("manyfactor.yaml")).doesNotExist();
  }

  @Test
  void whatIsNoTextOrNoJsonSaysNothing() throws Exception {
    file("Procfile", "web: ./serve\n");
    file("package.json", "{\"scripts\": [\n");
    file("api.yaml", "openapi: 3.1.0\npaths: &a [*a]\n");
    Files.write(folder.resolve("server.js"), new byte[] {(byte) 0xff, 0, 1, (byte) 0xfe});
    file("pom.xml", "<project>".repeat(1000));
    Files.createSymbolicLink(folder.resolve("loop"), folder);
    ManifestDraft.write(folder);
    assertThat(Manifest.read(folder).programs().processes())
        .containsExactly(web("./serve", 8080, new Readiness.Port()));
  }

  private static ProcessType web(String command, int port, Readiness readiness) {
    return new ProcessType(
        "web", new Command(command), Optional.of(new Listens("PORT", port)), readiness);
  }

  private static Manifest.Sample read(String path) {
    return new Manifest.Sample(
        "GET", path, Set.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }
}
