package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.context.Context;
import dev.manyfactor.json.Int32;
import dev.manyfactor.json.Items;
import dev.manyfactor.json.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that come in, alone or in a form, from clients of every kind.
class UploadTests {
  private static final BodyRule FORM =
      BodyRule.form(
          FormPart.field("title"),
          FormPart.fields("tag", 3),
          FormPart.document("meta"),
          FormPart.file("scan", 1000, "image/png", "text/*"),
          FormPart.files("page", 1000, 3));
  private static final Form GOOD =
      Form.of().field("title", "a scan").file("scan", "a.png", "image/png", "\u00ff\r\n--a\u0000");

  private final AtomicReference<Upload> kept = new AtomicReference<>();
  private final Served served =
      Served.serving(
          posting("/forms", Duration.ofSeconds(15), FORM, this::prepareForm),
          posting(
              "/many",
              Duration.ofSeconds(15),
              BodyRule.form(
                  FormPart.field("title"),
                  FormPart.fields("tag", 50),
                  FormPart.file("scan", 4_000_000)),
              this::prepareForm),
          posting("/slow", Duration.ofMillis(300), FORM, this::prepareForm),
          posting(
              "/files",
              Duration.ofSeconds(15),
              BodyRule.file(true, 1000, "image/*", "application/pdf"),
              this::prepareFile));

  private static Operation posting(
      String path, Duration deadline, BodyRule body, Preparation<Context> preparation) {
    return new Operation(
        path,
        Method.POST,
        path,
        new Access.Public(),
        new Idempotent.None("a test"),
        deadline,
        body,
        new Handler.Plain(preparation));
  }

  private Action<Context> prepareForm(Input input) {
    input.query("limit").optional(Int32.between(1, 10));
    FormInput form = input.form();
    String title = form.field("title").required(Text.ANY.atMost(10));
    Optional<List<String>> tags = form.field("tag").optional(Items.of(Text.ANY).atMost(2));
    Optional<Echo> meta = form.optional("meta", Echo.CODEC);
    Upload scan = form.required("scan");
    Optional<List<Upload>> pages = form.optionalList("page", 2);
    return _ ->
        Response.json(
            200,
            Echo.CODEC,
            new Echo(
                String.join(
                    "|",
                    String.valueOf(title),
                    tags.map(Object::toString).orElse("-"),
                    meta.map(Echo::text).orElse("-"),
                    told(scan),
                    pages
                        .map(all -> all.stream().map(UploadTests::told).toList().toString())
                        .orElse("-"))));
  }

  private Action<Context> prepareFile(Input input) {
    Upload file = input.file();
    return _ -> {
      kept.set(Objects.requireNonNull(file));
      return Response.json(200, Echo.CODEC, new Echo(told(file)));
    };
  }

  private static String told(@Nullable Upload given) {
    Upload file = Objects.requireNonNull(given);
    try (InputStream bytes = file.open();
        InputStream again = file.open()) {
      byte[] all = bytes.readAllBytes();
      assertThat(all).hasSize((int) file.size()).isEqualTo(again.readAllBytes());
      String hex = HexFormat.of().formatHex(all);
      return "%s %s %s"
          .formatted(
              file.fileName().orElse("?"), file.mediaType(), hex.length() > 800 ? all.length : hex);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private Wire.Answer send(String path, Form form, String... headers) throws IOException {
    return send(path, form.contentType(), form.body(), headers);
  }

  private Wire.Answer send(String path, String contentType, String body, String... headers)
      throws IOException {
    try (Wire wire = served.connect()) {
      wire.send(
          Served.request("POST", path, headers)
              + contentType
              + "\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      return wire.read();
    }
  }

  @Test
  void formArrivesWithItsFieldsAndFiles() throws IOException {
    Form form =
        GOOD.field("tag", "a")
            .field("tag", Form.utf8("grün"))
            .part(
                "Content-Disposition: form-data; name=meta\r\ncontent-type: application/json\r\n",
                "{\"text\":\"m\"}")
            .file("page", Form.utf8("Größe.txt"), "application/x-any", "")
            .part("Content-Disposition: form-data; name=\"page\"\r\n", "two");
    Wire.Answer answer = send("/forms?limit=3", form);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body())
        .contains("a scan|[a, grün]|m|a.png image/png ff0d0a2d2d6100|")
        .contains("[Größe.txt application/x-any , ? application/octet-stream 74776f]");
  }

  @Test
  void formMayBeCutAnywhereOnItsWay() throws Exception {
    String head = Served.request("POST", "/forms") + GOOD.contentType() + "\r\nContent-Length: ";
    String body = GOOD.body();
    String whole = send("/forms", GOOD).body();
    try (Wire wire = served.connect()) {
      for (int at = 0; at <= body.length(); at++) {
        wire.send(head + body.length() + "\r\n\r\n" + body.substring(0, at));
        Thread.sleep(1); // so that the two halves are two reads, mostly
        assertThat(wire.send(body.substring(at)).read().body())
            .as("cut at %d", at)
            .isEqualTo(whole);
      }
      wire.send(Served.request("POST", "/forms") + GOOD.contentType() + "\r\n");
      wire.send("Transfer-Encoding: chunked\r\n\r\n");
      for (int at = 0; at < body.length(); at++) {
        wire.send("1\r\n" + body.charAt(at) + "\r\n");
      }
      assertThat(wire.send("0\r\n\r\n").read().body()).isEqualTo(whole);
    }
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() throws IOException {
    Form form =
        Form.of()
            .field("title", "far too long a title")
            .field("tag", "\u00ff")
            .field("colour", "red")
            .file("scan", "a.gif", "image/gif", "gif")
            .part(
                "Content-Disposition: form-data; name=meta\r\nContent-Type: application/json\r\n",
                "{\"text\":7,\"more\":1}")
            .part("Content-Disposition: form-data; name=page; filename*=UTF-8''a%0Ab\r\n", "one")
            .part(
                "Content-Disposition: form-data; name=page\r\nContent-Transfer-Encoding: base64\r\n",
                "eA==")
            .file("page", "a", "text/plain", "three");
    Wire.Answer answer = send("/forms?limit=11", form);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(pointersAndRules(answer))
        .containsExactlyInAnyOrder(
            "query.limit maximum",
            "/title maxLength",
            "/tag format",
            "/colour additionalProperties",
            "/scan contentMediaType",
            "/meta/text type",
            "/meta/more additionalProperties",
            "/page filename",
            "/page contentEncoding",
            "/page minItems");
    assertThat(send("/forms", GOOD).status()).isEqualTo(200);
  }

  @Test
  void partThatIsMissingOrTooOftenThereIsTold() throws IOException {
    assertThat(pointersAndRules(send("/forms", Form.of().field("tag", "a"))))
        .containsExactlyInAnyOrder("/title required", "/scan required");
    Form twice = GOOD.field("title", "again").file("scan", "b", "image/png", "b");
    Form often = twice.file("scan", "c", "image/png", "c").field("tag", "1").field("tag", "2");
    assertThat(pointersAndRules(send("/forms", often.field("tag", "3"))))
        .containsExactlyInAnyOrder("/title maxItems", "/scan maxItems", "/tag maxItems");
    Form tags = GOOD.field("tag", "1").field("tag", "2").field("tag", "3").field("tag", "4");
    assertThat(pointersAndRules(send("/forms", tags))).contains("/tag maxItems");
    assertThat(pointersAndRules(send("/forms", "", "")))
        .containsExactlyInAnyOrder(" required", "/title required", "/scan required");
  }

  @Test
  void nameOfAFileIsNeverAPath() throws IOException {
    for (String path :
        List.of(
            "../../etc/passwd", "..\\..\\passwd", "/passwd", "C:\\temp\\passwd", "a/../passwd")) {
      assertThat(
              send("/forms", Form.of().field("title", "t").file("scan", path, "text/x", "1"))
                  .body())
          .as(path)
          .contains("|passwd text/x 31|");
    }
    for (String nothing : List.of("", "..", "a/..", "/", " ")) {
      assertThat(
              send("/forms", Form.of().field("title", "t").file("scan", nothing, "text/x", "1"))
                  .body())
          .as(nothing)
          .contains("|? text/x 31|");
    }
    assertThat(
            pointersAndRules(
                send(
                    "/forms",
                    Form.of().field("title", "t").file("scan", "x".repeat(256), "text/x", "1"))))
        .containsExactly("/scan filename");
  }

  static Stream<Arguments> malformed() {
    String good = GOOD.body();
    return Stream.of(
        Arguments.of("no last boundary", good.replace("--a-boundary--\r\n", ""), "last boundary"),
        Arguments.of("cut off in a part", good.substring(0, good.length() / 2), "last boundary"),
        Arguments.of("nothing of a form", "{\"text\":\"a\"}", "last boundary"),
        Arguments.of("another boundary", good.replace("--a-b", "--b-b"), "last boundary"),
        Arguments.of("no name", Form.of().part("Content-Type: text/plain\r\n", "a").body(), "name"),
        Arguments.of("no headers", Form.of().part("", "a").body(), "name"),
        Arguments.of(
            "two names",
            Form.of().part("Content-Disposition: form-data; name=a\r\n".repeat(2), "a").body(),
            "name"),
        Arguments.of(
            "an attachment",
            Form.of().part("Content-Disposition: attachment; name=title\r\n", "a").body(),
            "form-data"),
        Arguments.of(
            "huge headers",
            Form.of().part("X: " + "x".repeat(5000) + "\r\n", "a").body(),
            "4096 bytes of headers"),
        Arguments.of(
            "many parts",
            new Form("a-boundary", Form.of().field("a", "b").parts().repeat(300)).body(),
            "more than 25 parts"),
        Arguments.of(
            "folded header",
            Form.of().part("Content-Disposition: form-data;\r\n name=title\r\n", "a").body(),
            "whitespace"),
        Arguments.of(
            "a control character",
            Form.of().part("Content-Disposition: form-data; name=\"a\u0000\"\r\n", "a").body(),
            "invalid byte"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void formThatIsNoneIsRefusedAndItsConnectionClosed(String name, String body, String rule)
      throws IOException {
    Wire.Answer answer = send("/forms", GOOD.contentType(), body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(pointersAndRules(answer)).containsExactly(" multipart");
    assertThat(answer.body()).contains(rule).doesNotContain("Exception");
    assertThat(answer.closes()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/mixed; boundary=a-boundary",
    "application/json",
    "application/x-www-form-urlencoded",
  })
  void bodyThatIsNoFormIsAnotherMediaType(String contentType) throws IOException {
    Wire.Answer answer = send("/forms", "Content-Type: " + contentType, GOOD.body());
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.body()).contains("multipart/form-data with a boundary");
  }

  @Test
  void formWithinAFormIsJustAFile() throws IOException {
    String inner = GOOD.withBoundary("inner").body();
    Form outer = GOOD.file("page", "f", "multipart/mixed; boundary=inner", inner);
    assertThat(pointersAndRules(send("/forms", outer))).containsExactly("/page minItems");
    assertThat(send("/forms", outer.field("page", "2")).body())
        .contains("a scan|")
        .contains("[f multipart/mixed " + hex(inner));
  }

  @Test
  void partThatIsTooLargeEndsTheRequest() throws IOException {
    Wire.Answer answer = send("/forms", Form.of().file("scan", "a", "image/png", "x".repeat(1001)));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(pointersAndRules(answer)).containsExactly("/scan maxLength");
    assertThat(answer.closes()).isTrue();
    assertThat(send("/forms", Form.of().field("title", "x".repeat(70_000))).status())
        .isEqualTo(413);
    assertThat(
            send("/forms", GOOD.file("page", "a", "a/b", "x".repeat(1000)).field("page", ""))
                .status())
        .isEqualTo(200);
  }

  @Test
  void textsHaveABoundTogether() throws IOException {
    Form many = GOOD;
    for (int i = 0; i < 20; i++) {
      many = many.field("other", "x".repeat(60_000)); // not wanted, so not kept
    }
    assertThat(pointersAndRules(send("/many", many))).contains("/other additionalProperties");
    for (int i = 0; i < 20; i++) {
      many = many.field("tag", "x".repeat(60_000));
    }
    Wire.Answer answer = send("/many", many);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).contains("\"/tag\"", "1048576 bytes together");
  }

  @Test
  void formThatIsTooLargeIsRefusedBeforeItIsSent() throws IOException {
    try (Wire wire = served.connect()) {
      wire.send(
          Served.request("POST", "/forms", "Expect: 100-continue")
              + GOOD.contentType()
              + "\r\nContent-Length: 99999999999\r\n\r\n");
      assertThat(wire.read().status()).isEqualTo(413);
    }
  }

  @Test
  void formThatComesTooSlowlyIsCutOff() throws IOException {
    try (Wire wire = served.connect()) {
      wire.send(
          Served.request("POST", "/slow")
              + GOOD.contentType()
              + "\r\nContent-Length: 5000\r\n\r\n");
      wire.send(GOOD.body().substring(0, 150));
      Wire.Answer answer = wire.read();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.closes()).isTrue();
    }
  }

  @Test
  void fileThatIsTheWholeBodyArrives() throws IOException {
    Wire.Answer answer = send("/files", "Content-Type: Image/PNG; a=b", "\u0089PNG");
    assertThat(answer.body()).contains("? image/png 89504e47");
    assertThat(kept.get().sha256().toBase64())
        .isEqualTo("D0Y2x49l02OezloGS1rnU+NAhhShT7GKtNdUDSwkhUM=");
    assertThat(send("/files", "Content-Type: application/pdf", "").body())
        .contains("? application/pdf ");
  }

  @Test
  void fileOfAnotherTypeOrSizeIsRefused() throws IOException {
    for (String type : List.of("text/plain", "image", "", "image/*", "application/pdfx")) {
      Wire.Answer answer = send("/files", "Content-Type: " + type, "x");
      assertThat(answer.status()).as(type).isEqualTo(415);
      assertThat(answer.body()).contains("application/pdf or image/*");
    }
    assertThat(send("/files", "Content-Type: image/png", "x".repeat(1001)).status()).isEqualTo(413);
    Wire.Answer none = send("/files", "X: y", "");
    assertThat(pointersAndRules(none)).containsExactly(" required");
  }

  @Test
  void fileIsGoneOnceItsRequestIsAnswered() throws IOException {
    send("/files", "Content-Type: image/png", "x");
    Upload file = kept.get();
    assertThatThrownBy(() -> file.open().read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("kept until its request is answered");
  }

  @Test
  void manyAtOnceEachGetTheirOwn() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> uploads =
          IntStream.range(0, 64)
              .<Callable<Boolean>>mapToObj(number -> () -> isReturned("file " + number))
              .toList();
      for (var upload : threads.invokeAll(uploads)) {
        assertThat(upload.get()).isTrue();
      }
    }
  }

  private boolean isReturned(String content) throws IOException {
    Form form = Form.of().field("title", "t").file("scan", "s", "text/x", content.repeat(30));
    return send("/forms", form).body().contains(hex(content.repeat(30)));
  }

  private static String hex(String latin) {
    return HexFormat.of().formatHex(latin.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Each violation of an answer as `pointer rule`.
  private static List<String> pointersAndRules(Wire.Answer answer) {
    assertThat(answer.body()).contains("\"errors\":[");
    return Pattern.compile("\"pointer\":\"([^\"]*)\",\"rule\":\"([^\"]*)\"")
        .matcher(answer.body())
        .results()
        .map(found -> found.group(1) + " " + found.group(2))
        .toList();
  }
}
