package dev.manyfactor.examples.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.examples.cards.Cards;
import dev.manyfactor.testing.ServiceTest;
import dev.manyfactor.testing.TestClient;
import dev.manyfactor.testing.TestResponse;
import dev.manyfactor.testing.TestService;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page that the service serves of its own contract.
@ServiceTest(value = Payments.class, upstreams = Cards.class)
class ApiPageTests {
  private static final Pattern ADDRESS = Pattern.compile("href=\"(/[^\"]*)\"");
  private static final Pattern OPERATION = Pattern.compile("operationId: (\\w+)");

  @Test
  void anyoneCanReadItAndEachOfItsLinksLeadsSomewhere(TestService payments) {
    TestClient stranger = payments.stranger();
    TestResponse page = stranger.get("/openapi").expect(200);
    assertThat(page.header("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.header("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'; "));
    List<String> addresses = found(ADDRESS, page.text());
    assertThat(addresses).hasSizeGreaterThan(10).contains("/openapi.yaml");
    for (String address : addresses) {
      stranger.get(address).expect(200);
    }
  }

  @Test
  void itShowsEveryOperationOfTheContract(TestService payments) {
    TestClient stranger = payments.stranger();
    List<String> operations = found(OPERATION, stranger.get("/openapi.yaml").text());
    assertThat(operations).isNotEmpty();
    assertThat(stranger.get("/openapi").text())
        .contains(operations.stream().map("id=\"operation-%s\""::formatted).toList());
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult result) -> result.group(1))
        .distinct()
        .toList();
  }
}
