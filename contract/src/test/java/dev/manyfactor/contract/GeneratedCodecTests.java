package dev.manyfactor.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.json.Json;
import dev.manyfactor.json.Parsed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What generated code does with documents: it is compiled, loaded and run.
class GeneratedCodecTests {
  private static final String PAYMENT =
      """
      {"id":"6f2d1c1e-0000-4000-8000-00000000000a","customer_id":"6f2d1c1e-0000-4000-8000-00000000000b",\
      "amount_minor":9007199254740993,"currency":"EUR","fee_rate":0.0250,"status":"partially_refunded",\
      "created_at":"2026-11-20T09:30:00.000001Z",\
      "refunds":[{"amount_minor":1,"at":"2026-11-20T09:31:00Z"}]}\
      """;

  @TempDir static Path folder;
  private static Compiled server;

  @BeforeAll
  static void compile() throws Exception {
    server = Compiled.of("payments", Kind.SERVER, folder);
  }

  @Test
  void aValidDocumentGoesBothWaysUnchanged() throws Exception {
    assertThat(rewritten("Payment", PAYMENT)).isEqualTo(PAYMENT);
    String page = "{\"items\":[" + PAYMENT + "," + PAYMENT + "],\"next_cursor\":null}";
    assertThat(rewritten("PaymentPage", page)).isEqualTo(page);
  }

  @Test
  void whatIsAbsentIsEmptyOrHasItsDefaultAndIsWrittenAccordingly() throws Exception {
    String least = "{\"email\":\"ada@example.com\",\"name\":\"Ada\",\"country\":\"GB\"}";
    assertThat(value("NewCustomer", least))
        .hasToString(
            "NewCustomer[email=ada@example.com, name=Ada, country=GB, tier=Optional.empty, "
                + "website=Optional.empty, born=Optional.empty, language=EN, newsletter=false, "
                + "labels=Optional.empty]");
    assertThat(rewritten("NewCustomer", least))
        .isEqualTo(least.replace("}", ",\"language\":\"en\",\"newsletter\":false}"));
  }

  @Test
  void nullAndAbsentMeanTheSameWhereTheContractAllowsBoth() throws Exception {
    assertThat(value("CustomerChange", "{\"nickname\":null}"))
        .isEqualTo(value("CustomerChange", "{}"));
  }

  @Test
  void everyViolationOfARequestIsReportedWithItsPlaceAndRule() throws Exception {
    assertThat(
            violations(
                "NewCustomer",
                """
                {"email":"nobody","name":"","country":"GBR","tier":"gold","website":"/home","born":"1815-12-1O",
                 "language":7,"newsletter":"no","labels":["a","",3,"b","c","d"],"vip":true}
                """))
        .containsExactly(
            "/email format",
            "/name minLength",
            "/country pattern",
            "/tier enum",
            "/website format",
            "/born format",
            "/language type",
            "/newsletter type",
            "/labels/1 minLength",
            "/labels/2 type",
            "/labels maxItems",
            "/vip additionalProperties");
    assertThat(violations("NewPayment", "{\"amount_minor\":0,\"currency\":null,\"fee_rate\":1.0}"))
        .containsExactly(
            "/amount_minor minimum",
            "/currency type",
            "/fee_rate exclusiveMaximum",
            "/customer_id required");
    assertThat(
            violations(
                "NewPayment", "{\"amount_minor\":9007199254740994,\"customer_id\":\"1-1-1-1-1\"}"))
        .containsExactly("/amount_minor maximum", "/customer_id format", "/currency required");
  }

  @Test
  void violationsInsideOfListsAndObjectsHaveTheirWholePointer() throws Exception {
    String broken = PAYMENT.replace("\"amount_minor\":1,", "").replace("09:31:00Z", "noon");
    assertThat(violations("PaymentPage", "{\"items\":[" + PAYMENT + "," + broken + "]}"))
        .containsExactly(
            "/items/1/refunds/0/at format",
            "/items/1/refunds/0/amount_minor required",
            "/next_cursor required");
  }

  @Test
  void aServerRefusesFieldsThatTheContractDoesNotKnowEvenWhereItDoesNotSaySo() throws Exception {
    assertThat(violations("NewRefund", "{\"amount_minor\":1,\"reason\":\"x\"}"))
        .containsExactly("/reason additionalProperties");
  }

  @Test
  void aCallerSkipsFieldsThatItDoesNotKnowUnlessTheContractRefusesThem(@TempDir Path other)
      throws Exception {
    Compiled types = Compiled.of("payments", Kind.TYPES, other);
    byte[] refund = utf8("{\"amount_minor\":1,\"reason\":{\"deep\":[]}}");
    assertThat(Json.parse(refund, types.codec("NewRefund"))).isInstanceOf(Parsed.Valid.class);
    byte[] customer = utf8("{\"email\":\"a@b.org\",\"name\":\"A\",\"country\":\"GB\",\"more\":1}");
    assertThat(Json.parse(customer, types.codec("NewCustomer"))).isInstanceOf(Parsed.Invalid.class);
    assertThatThrownBy(() -> types.type("PaymentsApi")).isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void aListInARecordCannotBeChanged() throws Exception {
    Object payment = value("Payment", PAYMENT);
    List<?> refunds = (List<?>) payment.getClass().getMethod("refunds").invoke(payment);
    assertThatThrownBy(() -> refunds.remove(0)).isInstanceOf(UnsupportedOperationException.class);
  }

  private static Object value(String type, String document) throws Exception {
    Parsed<Object> parsed = Json.parse(utf8(document), server.codec(type));
    assertThat(parsed).isInstanceOf(Parsed.Valid.class);
    return ((Parsed.Valid<Object>) parsed).value();
  }

  private static String rewritten(String type, String document) throws Exception {
    return new String(
        Json.bytes(server.codec(type), value(type, document)), StandardCharsets.UTF_8);
  }

  private static List<String> violations(String type, String document) throws Exception {
    Parsed<Object> parsed = Json.parse(utf8(document), server.codec(type));
    assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
    return ((Parsed.Invalid<Object>) parsed)
        .violations().stream().map(found -> found.pointer() + " " + found.rule()).toList();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
