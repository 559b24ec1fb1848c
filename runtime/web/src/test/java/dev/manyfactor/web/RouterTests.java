package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTests {
  private final Router router =
      new Router(
          List.of(
              get("/v1/payments"),
              Served.plain(Method.POST, "/v1/payments", _ -> _ -> Response.empty(204)),
              get("/v1/payments/{id}"),
              get("/v1/payments/latest"),
              get("/v1/{kind}/{id}/notes"),
              get("/v1/payments/{id}/refunds/{refund}"),
              get("/"),
              get("/caf\u00e9/{x}")));

  @ParameterizedTest
  @CsvSource({
    "/,/",
    "/v1/payments,/v1/payments",
    "/v1/payments/latest,/v1/payments/latest",
    "/v1/payments/lates,/v1/payments/{id}",
    "/v1/payments/7/refunds/8,/v1/payments/{id}/refunds/{refund}",
    "/v1/payments/7/notes,/v1/{kind}/{id}/notes",
    "/v1/payments/latest/notes,/v1/{kind}/{id}/notes",
    "/%761/p%61yments,/v1/payments",
    "/caf%C3%A9/1,/caf\u00e9/{x}"
  })
  void pathLeadsToTheMostSpecificTemplate(String path, String template) {
    assertThat(router.match("GET", path))
        .isInstanceOfSatisfying(
            Match.Found.class,
            found -> assertThat(found.route().operation().path()).isEqualTo(template));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "v1/payments",
        "/v1",
        "/v1/payments/",
        "/v1//payments",
        "/v1/payments/.",
        "/v1/payments/..",
        "/v1/payments/%2E%2e",
        "/V1/payments",
        "/v1/payments/%",
        "/v1/payments/%4",
        "/v1/payments/%zz",
        "/v1/payments/%c3",
        "/v1/payments/%00",
        "/v1/payments/7/refunds"
      })
  void pathOfNoTemplateIsNotFound(String path) {
    assertThat(router.match("GET", path)).isEqualTo(new Match.NoSuchPath());
  }

  @Test
  void parametersAreDecodedInTheOrderOfTheTemplate() {
    var found = (Match.Found) router.match("GET", "/v1/payments/a%20b/refunds/%E2%82%AC+1");
    assertThat(found.route().parameters()).containsExactly("id", "refund");
    assertThat(found.values()).containsExactly("a b", "€+1");
  }

  @Test
  void parametersOfATemplateThatDidNotMatchAreForgotten() {
    var found = (Match.Found) router.match("GET", "/v1/payments/7/notes");
    assertThat(found.values()).containsExactly("payments", "7");
  }

  @Test
  void methodsOfAPathAreNamedWhenAnotherIsUsed() {
    assertThat(router.match("DELETE", "/v1/payments"))
        .isEqualTo(new Match.WrongMethod("GET, POST, HEAD, OPTIONS"));
    assertThat(router.match("OPTIONS", "/v1/payments/7"))
        .isEqualTo(new Match.Options("GET, HEAD, OPTIONS"));
  }

  @Test
  void wordThatIsNoMethodIsRefusedOnEveryPath() {
    assertThat(router.match("GARBAGEGET", "/v1/payments")).isEqualTo(new Match.UnknownMethod());
    assertThat(router.match("get", "/nowhere")).isEqualTo(new Match.UnknownMethod());
  }

  @Test
  void twoOperationsWithOneMethodAndPathAreRefused() {
    assertThatThrownBy(() -> new Router(List.of(get("/a/{x}"), get("/a/{y}"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "operations get/a/{x} and get/a/{y} are both GET /a/{y};"
                + " give one of them another path");
  }

  private static Operation get(String path) {
    return Served.plain(Method.GET, path, _ -> _ -> Response.empty(204));
  }
}
