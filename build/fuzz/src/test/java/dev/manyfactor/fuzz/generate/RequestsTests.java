package dev.manyfactor.fuzz.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.fuzz.contract.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RequestsTests {
  private static final Tokens TOKENS =
      new Tokens(token("good"), token("foreign"), token("powerless"), List.of(token("expired")));
  private static final int MANY = 20_000;

  @Test
  void aRequestFollowsFromSeedAndIndex() throws IOException {
    Requests requests = requests(1);
    Requests again = requests(1);
    for (long index : new long[] {0, 1, 2, 99, 4711, 99_999}) {
      assertThat(again.request(index).bytes()).isEqualTo(requests.request(index).bytes());
    }
    assertThat(bytes(requests(2))).isNotEqualTo(bytes(requests));
  }

  @Test
  void theKindsAreManyAndNearlyHalfIsValid() throws IOException {
    Requests requests = requests(3);
    List<Draft> drafts = LongStream.range(0, MANY).mapToObj(requests::request).toList();
    var kinds = new TreeSet<>(drafts.stream().map(Draft::kind).toList());
    assertThat(kinds)
        .hasSizeGreaterThan(110)
        .contains(
            "body:missing-field",
            "body:discriminator-unknown",
            "body:off-step",
            "body:several",
            "body:too-many-properties",
            "bytes:length-and-chunks",
            "caller:unknown-token",
            "head:not-acceptable",
            "key:again",
            "parameter:item-twice",
            "text:name-twice",
            "valid",
            "valid-head");
    long valid =
        drafts.stream().filter(draft -> draft.expected() instanceof Expected.Served).count();
    assertThat(valid).isBetween(MANY * 4L / 10, MANY * 5L / 10);
  }

  private static List<byte[]> bytes(Requests requests) {
    return LongStream.range(0, 20).mapToObj(index -> requests.request(index).bytes()).toList();
  }

  private static Requests requests(long seed) throws IOException {
    return new Requests(everything(), new Known(), TOKENS, seed);
  }

  /// The contract as it is packed: one document.
  static Api everything() throws IOException {
    Path folder = Path.of("../../fixtures/everything/target/classes/META-INF/manyfactor");
    return Api.parse(Files.readString(folder.resolve("everything.openapi.yaml")));
  }

  private static String token(String name) {
    return "head." + name + "." + "s".repeat(80);
  }
}
