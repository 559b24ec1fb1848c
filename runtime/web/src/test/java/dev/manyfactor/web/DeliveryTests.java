package dev.manyfactor.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client has already is not sent again, and what is long is sent compressed to those who
/// can take it.
class DeliveryTests {
  private static final String LONG = "{\"text\":\"" + "many words ".repeat(200) + "\"}";
  private static Served served;

  @BeforeAll
  static void start() {
    var backing = new Backing(Optional.empty(), Optional.empty(), Optional.of(Notes::judge));
    served =
        Served.with(
            Served.setup().backing(backing),
            Served.answering("/short", "{\"ok\":true}"),
            Served.answering("/long", LONG),
            Served.plain(Method.POST, "/long", _ -> _ -> Served.text(LONG)),
            get("/versioned", Served.text(LONG).header("ETag", "\"v7\"")),
            get("/weak", Served.text(LONG).header("ETag", "W/\"v7\"").header("Vary", "Accept")),
            get("/odd", Served.text("{}").header("ETag", "v7")),
            get("/secret", Served.text("{}").header("Cache-Control", "no-store")),
            get("/kept", Served.text(LONG).header("Cache-Control", "max-age=60, no-transform")),
            get("/image", new Response(200, Map.of("Content-Type", "image/png"), new byte[2000])),
            get("/gone", Response.problem(Problem.of(404, "gone", LONG))),
            Notes.guarded(
                Method.GET,
                "/mine",
                new Idempotent.Safe(),
                new Handler.Plain(_ -> _ -> Served.text("{}"))));
  }

  private static Operation get(String path, Response response) {
    return Served.plain(Method.GET, path, _ -> _ -> response).producing("*/*");
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static String tag(String path, String... headers) throws IOException {
    return served.get(path, headers).header("etag");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/short", "/long", "/versioned", "/weak", "/openapi.yaml"})
  void clientThatComesBackWithTheTagGetsNothingNew(String path) throws IOException {
    String tag = tag(path);
    assertThat(tag).matches("(W/)?\"[!#-~]+\"");
    try (Wire wire = served.connect()) {
      wire.send(Served.request("GET", path, "If-None-Match: " + tag) + "\r\n");
      Wire.Answer answer = wire.read();
      assertThat(answer.status()).isEqualTo(304);
      assertThat(answer.header("etag")).isEqualTo(tag);
      assertThat(answer.header("cache-control")).isEqualTo("no-cache");
      assertThat(answer.headers()).doesNotContainKeys("content-type", "content-length");
      assertThat(wire.send(Served.request("GET", "/short") + "\r\n").read().status())
          .as("the next answer on the connection")
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"v7\"|304",
        "W/\"v7\"|304",
        "\"v6\", W/\"v7\" , \"v8\"|304",
        "\"a,b\",\"v7\"|304",
        "*|304",
        "\"v6\"|200",
        "v7|200",
        "\"v7|200",
        "''|200",
        "\"*\"|200",
      })
  void listOfTagsIsComparedWeakly(String tags, int status) throws IOException {
    for (String path : List.of("/versioned", "/weak")) {
      assertThat(served.get(path, "If-None-Match: " + tags).status()).isEqualTo(status);
    }
    assertThat(served.get("/versioned", "If-None-Match: \"v6\"", "If-None-Match: \"v7\"").status())
        .isEqualTo(304);
  }

  @Test
  void tagChangesWithTheBodyAndNotWithTheHandlersMistake() throws IOException {
    assertThat(tag("/short")).isEqualTo(tag("/short")).isNotEqualTo(tag("/long"));
    assertThat(tag("/odd"))
        .as("no tag by the letter of the RFC")
        .startsWith("\"")
        .isNotEqualTo("v7");
  }

  @Test
  void headHasTheTagToo() throws IOException {
    try (Wire wire = served.connect()) {
      wire.send("HEAD /short HTTP/1.1\r\nHost: a\r\n\r\n");
      String tag = wire.readHead().header("etag");
      assertThat(tag).isEqualTo(tag("/short"));
      wire.send("HEAD /short HTTP/1.1\r\nHost: a\r\nIf-None-Match: " + tag + "\r\n\r\n");
      assertThat(wire.readHead().status()).isEqualTo(304);
    }
  }

  @Test
  void onlyAReadIsConditional() throws IOException {
    Wire.Answer answer = served.post("/long", "{}", "If-None-Match: *");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).doesNotContainKeys("etag", "cache-control");
  }

  @Test
  void answerMayBeKeptOnlyAsFarAsItIsTheClientsOwn() throws IOException {
    assertThat(served.get("/mine", Notes.ADA).header("cache-control"))
        .isEqualTo("private, no-cache");
    assertThat(served.get("/short").header("cache-control")).isEqualTo("no-cache");
    assertThat(served.get("/kept").header("cache-control")).isEqualTo("max-age=60, no-transform");
    assertThat(served.get("/secret").headers()).doesNotContainKey("etag");
    for (String path : List.of("/nowhere", "/gone", "/mine", "/%00")) {
      assertThat(served.get(path).header("cache-control")).as(path).isEqualTo("no-store");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|true",
        "GZIP|true",
        "x-gzip|true",
        "deflate, gzip;q=0.001|true",
        "br, *;q=0.1|true",
        "gzip;q=0|false",
        "gzip;q=0.000, *|false",
        "gzip;q=0.5, identity|false",
        "gzip;q=0.5, identity;q=0.5|true",
        "identity;q=0|false",
        "*;q=0|false",
        "br|false",
        "''|false",
      })
  void longTextIsCompressedForThoseWhoCanTakeIt(String accepted, boolean compressed)
      throws IOException {
    try (Wire wire = served.connect()) {
      wire.send(Served.request("GET", "/long", "Accept-Encoding: " + accepted) + "\r\n");
      Wire.Answer head = wire.readHead();
      byte[] body = wire.bodyOf(head);
      assertThat(head.header("content-encoding")).isEqualTo(compressed ? "gzip" : "");
      assertThat(head.header("vary")).isEqualTo("Accept-Encoding");
      assertThat(compressed ? unpacked(body) : body).isEqualTo(LONG.getBytes(UTF_8));
    }
  }

  @Test
  void eachCodingHasItsOwnTag() throws IOException {
    String gzip = "Accept-Encoding: gzip";
    assertThat(tag("/long", gzip)).isNotEqualTo(tag("/long")).endsWith("-gzip\"");
    assertThat(tag("/versioned", gzip)).isEqualTo("\"v7-gzip\"");
    assertThat(tag("/weak", gzip)).isEqualTo("W/\"v7\"");
    assertThat(served.get("/long", gzip, "If-None-Match: " + tag("/long", gzip)).status())
        .isEqualTo(304);
    assertThat(served.get("/long", gzip, "If-None-Match: " + tag("/long")).status()).isEqualTo(200);
    assertThat(served.get("/weak", gzip).header("vary")).isEqualTo("Accept, Accept-Encoding");
  }

  @Test
  void whatGainsNothingOrMustNotBeChangedIsSentAsItIs() throws IOException {
    for (String path : List.of("/short", "/kept", "/image")) {
      Wire.Answer answer = served.get(path, "Accept-Encoding: gzip");
      assertThat(answer.headers()).as(path).doesNotContainKeys("content-encoding", "vary");
    }
  }

  @Test
  void longAnswerToAWriteAndLongProblemAreCompressedToo() throws IOException {
    assertThat(served.post("/long", "{}", "Accept-Encoding: gzip").header("content-encoding"))
        .isEqualTo("gzip");
    assertThat(served.get("/gone", "Accept-Encoding: gzip").header("content-encoding"))
        .isEqualTo("gzip");
  }

  private static byte[] unpacked(byte[] gzip) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
  }
}
