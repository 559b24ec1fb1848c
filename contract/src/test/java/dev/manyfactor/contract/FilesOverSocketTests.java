package dev.manyfactor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.contract.model.Contract;
import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.page.ContractPage;
import dev.manyfactor.contract.reader.ContractReader;
import dev.manyfactor.contract.source.Bundle;
import dev.manyfactor.resilience.TimeAndChance;
import dev.manyfactor.web.Backing;
import dev.manyfactor.web.Instruments;
import dev.manyfactor.web.Probes;
import dev.manyfactor.web.Routes;
import dev.manyfactor.web.WebLimits;
import dev.manyfactor.web.WebParts;
import dev.manyfactor.web.WebServer;
import dev.manyfactor.web.WebSettings;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A contract with files from its text to the socket: generated, compiled with a handler, served.
class FilesOverSocketTests {
  private static final String PROBLEM = "application/problem+json";
  private static final Pattern ERROR =
      Pattern.compile("\"pointer\":\"([^\"]*)\",\"rule\":\"([^\"]*)\"");

  @TempDir static Path classes;
  @TempDir static Path shelf;
  private static Compiled compiled;
  private static WebServer server;
  private static HttpClient client;

  @BeforeAll
  static void serve() throws Exception {
    compiled = Compiled.of("files", Kind.SERVER, classes, "FilesEndpoints.java");
    pack();
    Object endpoints =
        compiled.type("FilesEndpoints").getConstructor(Path.class).newInstance(shelf);
    Class<?> api = compiled.type("FilesApi");
    Routes routes = (Routes) api.getMethod("routes", api).invoke(null, endpoints);
    server =
        new WebServer(
            new WebSettings(0, Optional.of("127.0.0.1"), Optional.empty(), WebLimits.DEFAULT),
            new WebParts(
                routes,
                Backing.NONE,
                new Probes(List.of()),
                new Instruments(OpenTelemetry.noop(), TimeAndChance.ofSystem())));
    server.start();
    server.serve();
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  /// Puts the contract and its page where the build of a service puts them.
  private static void pack() throws Exception {
    Bundle bundle = Bundle.of("files", Fixture.text("files.openapi.yaml"), _ -> Optional.empty());
    Contract contract = ContractReader.read("files", bundle, Kind.SERVER);
    Path folder = Files.createDirectories(Path.of("target/test-classes/META-INF/manyfactor"));
    Files.writeString(folder.resolve("files.openapi.yaml"), bundle.text());
    String page = ContractPage.write(contract, bundle.root().orElseThrow());
    Files.writeString(folder.resolve("files.html"), page);
  }

  @AfterAll
  static void stop() {
    server.close();
    client.close();
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
  }

  private static HttpResponse<String> put(String path, String mediaType, String body)
      throws Exception {
    return send(to(path).header("Content-Type", mediaType).PUT(latin(body)));
  }

  private static HttpResponse<String> post(String path, String... parts) throws Exception {
    String body = String.join("", parts) + "--a-boundary--\r\n";
    return send(
        to(path)
            .header("Content-Type", "multipart/form-data; boundary=a-boundary")
            .POST(latin(body)));
  }

  private static BodyPublisher latin(String body) {
    return BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1);
  }

  private static String field(String name, String value) {
    return part("name=\"" + name + '"', "text/plain; charset=utf-8", value);
  }

  private static String file(String name, String mediaType, String content) {
    return part("name=\"%s\"; filename=\"%s.bin\"".formatted(name, name), mediaType, content);
  }

  private static String part(String about, String mediaType, String content) {
    return "--a-boundary\r\nContent-Disposition: form-data; %s\r\nContent-Type: %s\r\n\r\n%s\r\n"
        .formatted(about, mediaType, content);
  }

  private static List<String> errors(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    return ERROR
        .matcher(response.body())
        .results()
        .map(found -> found.group(1) + " " + found.group(2))
        .toList();
  }

  @Test
  void formBecomesARecordWithUploads() throws Exception {
    assertThat(components("AddScan$Form"))
        .containsExactly(
            "String title",
            "int copies",
            "Optional tags",
            "Optional colour",
            "Upload scan",
            "Optional pages",
            "Optional origin",
            "Optional note");
    assertThat(components("AddBinder$Form"))
        .containsExactly(
            "String label", "Optional pin", "Optional colour", "List reports", "Optional origin");
    Object binder =
        compiled
            .type("AddBinder$Form")
            .getConstructors()[0]
            .newInstance("y", Optional.of("1234"), Optional.empty(), List.of(), Optional.empty());
    assertThat(binder)
        .hasToString(
            "Form[label=y, pin=(sensitive), colour=Optional.empty, reports=[], origin=Optional.empty]");
    assertThat(components("GetScan$Ok")).containsExactly("Download body", "String eTag");
  }

  private static List<String> components(String type) throws Exception {
    return Arrays.stream(compiled.type(type).getRecordComponents())
        .map(component -> component.getType().getSimpleName() + " " + component.getName())
        .toList();
  }

  @Test
  void scanGoesInAndComesOutAgain() throws Exception {
    String png = "\u0089PNG\r\n\u001a\n--b \u0000\u00ff".repeat(5000);
    HttpResponse<String> added =
        post(
            "/v1/scans",
            field("title", "front"),
            field("copies", "3"),
            field("tags", "a"),
            field("tags", "b"),
            field("colour", "full"),
            file("scan", "image/png", png),
            file("pages", "image/gif", "one"),
            file("pages", "image/tiff", "two"),
            part("name=origin", "application/json", "{\"device\":\"x1\"}"),
            file("note", "a/b", "abc"));
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    assertThat(added.body())
        .contains(
            "front of scan.bin, %d bytes of image/png, 3 copies, [a, b], FULL, 2 pages, from x1, 3 bytes"
                .formatted(png.length()));
    String sha256 = added.body().replaceAll(".*\"sha256\":\"([0-9a-f]*)\".*", "$1");
    HttpResponse<String> scan = send(to("/v1/scans/" + sha256));
    assertThat(scan.body()).isEqualTo(png);
    assertThat(scan.headers().firstValue("Content-Type")).hasValue("image/png");
    assertThat(scan.headers().firstValue("Content-Length")).hasValue("" + png.length());
    assertThat(scan.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"" + sha256 + ".png\"");
    String tag = '"' + sha256 + '"';
    assertThat(send(to("/v1/scans/" + sha256).header("If-None-Match", tag)).statusCode())
        .isEqualTo(304);
    assertThat(send(to("/v1/scans/" + sha256).HEAD()).headers().firstValue("Content-Length"))
        .hasValue("" + png.length());
  }

  @Test
  void absentPartsAreEmptyOrTheirDefault() throws Exception {
    assertThat(
            post("/v1/scans?dry=true", field("title", "t"), file("scan", "image/jpeg", "")).body())
        .contains("0 bytes of image/jpeg, 1 copies, no tags, no colour, 0 pages, from nowhere");
  }

  @Test
  void everyPartThatBreaksTheContractIsNamed() throws Exception {
    HttpResponse<String> refused =
        post(
            "/v1/scans?dry=maybe",
            field("title", ""),
            field("copies", "10"),
            field("colour", "blue"),
            file("scan", "application/pdf", "x"),
            file("pages", "text/plain", "x"),
            part("name=origin", "application/json", "{\"at\":1}"),
            field("other", "x"));
    assertThat(errors(refused))
        .containsExactlyInAnyOrder(
            "query.dry type",
            "/title minLength",
            "/copies maximum",
            "/colour enum",
            "/scan contentMediaType",
            "/pages contentMediaType",
            "/origin/at type",
            "/origin/device required",
            "/other additionalProperties");
    assertThat(errors(post("/v1/scans", field("tags", "1"))))
        .containsExactlyInAnyOrder("/title required", "/scan required");
  }

  @Test
  void tooLargeAPartIsRefused() throws Exception {
    HttpResponse<String> refused =
        post("/v1/scans", file("pages", "image/png", "x".repeat((1 << 20) + 1)));
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.body()).contains("\"/pages\"", "1048576 bytes");
  }

  @Test
  void bodyThatIsAFileIsAnUploadAndComesOutLineByLine() throws Exception {
    assertThat(put("/v1/reports", "text/csv", "a,1\nb,2\n").statusCode()).isEqualTo(204);
    HttpResponse<String> reports = send(to("/v1/reports"));
    assertThat(reports.body()).isEqualTo("a,1\nb,2\n");
    assertThat(reports.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
    assertThat(put("/v1/reports", "text/plain", "a").statusCode()).isEqualTo(415);
    assertThat(put("/v1/reports", "text/csv", "x".repeat(1001)).statusCode()).isEqualTo(413);
    HttpResponse<String> none = send(to("/v1/reports").PUT(BodyPublishers.noBody()));
    assertThat(errors(none)).containsExactly(" required");
  }

  @Test
  void bodyMayHaveSeveralTypesOrBeAbsent() throws Exception {
    assertThat(put("/v1/cover", "image/webp", "webp").statusCode()).isEqualTo(204);
    assertThat(put("/v1/cover", "application/pdf", "%PDF").statusCode()).isEqualTo(204);
    assertThat(Files.readString(shelf.resolve("cover"))).isEqualTo("%PDF");
    assertThat(send(to("/v1/cover").PUT(BodyPublishers.noBody())).statusCode()).isEqualTo(204);
    assertThat(put("/v1/cover", "text/html", "<p>").statusCode()).isEqualTo(415);
  }

  @Test
  void formMayBeAComponent() throws Exception {
    String one = file("reports", "text/csv", "1");
    assertThat(post("/v1/binders", field("label", "y"), one, one).statusCode()).isEqualTo(204);
    HttpResponse<String> pin =
        post("/v1/binders", field("label", "y"), field("pin", "12345"), one, one);
    assertThat(errors(pin)).containsExactly("/pin maxLength");
    assertThat(pin.body()).doesNotContain("12345");
    assertThat(errors(post("/v1/binders", field("label", "y"), one)))
        .containsExactly("/reports minItems");
    assertThat(errors(post("/v1/binders", field("label", "y"), one, one, one, one)))
        .containsExactly("/reports maxItems");
  }

  @Test
  void pageOfTheContractShowsFiles() throws Exception {
    assertThat(send(to("/openapi")).body())
        .contains(
            "<code>multipart/form-data</code>, required: a form",
            "a file of at most 52428800 bytes: <code>image/png</code> or <code>image/jpeg</code>",
            "0 to 5 files, each of at most 1048576 bytes: <code>image/*</code>",
            "<code>image/*</code> or <code>application/pdf</code>, optional: a file",
            "<code>text/csv</code>: a file");
  }

  @Test
  void whatIsNotThereIsAProblemAndNoDownload() throws Exception {
    HttpResponse<String> absent = send(to("/v1/scans/none"));
    assertThat(absent.statusCode()).isEqualTo(404);
    assertThat(absent.headers().firstValue("Content-Type")).hasValue(PROBLEM);
    assertThat(send(to("/v1/reports").header("Accept", "image/png")).statusCode()).isEqualTo(406);
  }
}
