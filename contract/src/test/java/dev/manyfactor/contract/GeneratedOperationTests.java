package dev.manyfactor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.web.Access;
import dev.manyfactor.web.BodyRule;
import dev.manyfactor.web.Handler;
import dev.manyfactor.web.Idempotent;
import dev.manyfactor.web.Method;
import dev.manyfactor.web.Operation;
import dev.manyfactor.web.Routes;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What generated code tells the server, and what it asks of a handler.
class GeneratedOperationTests {
  @TempDir static Path folder;
  private static Compiled server;
  private static Map<String, Operation> operations;

  @BeforeAll
  static void compile() throws Exception {
    server = Compiled.of("payments", Kind.SERVER, folder);
    Class<?> api = server.type("PaymentsApi");
    Object handler =
        Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[] {api}, (_, _, _) -> null);
    Routes routes = (Routes) api.getMethod("routes", api).invoke(null, handler);
    assertThat(routes.contractResource()).isEqualTo("META-INF/manyfactor/payments.openapi.yaml");
    operations =
        routes.operations().stream().collect(Collectors.toMap(Operation::id, Function.identity()));
  }

  @Test
  void everyOperationOfTheContractIsServed() {
    assertThat(operations.keySet())
        .containsExactlyInAnyOrder(
            "createCustomer",
            "getCustomer",
            "changeCustomer",
            "deleteCustomer",
            "listPayments",
            "createPayment",
            "refundPayment",
            "importPayments",
            "listAccounts",
            "exportAccounts",
            "getVersion");
  }

  @Test
  void aPostIsAWriteWithAKeyAndABodyUnlessItSaysOtherwise() {
    Operation create = operation("createPayment");
    assertThat(create.method()).isEqualTo(Method.POST);
    assertThat(create.path()).isEqualTo("/v1/payments");
    assertThat(create.access()).isEqualTo(new Access.Scopes(Set.of("payments:write")));
    assertThat(create.idempotent()).isEqualTo(new Idempotent.Keyed());
    assertThat(create.deadline()).isEqualTo(Duration.ofSeconds(10));
    assertThat(create.body()).isEqualTo(BodyRule.json(true, 1 << 20));
    assertThat(create.handler()).isInstanceOf(Handler.Writing.class);
  }

  @Test
  void aGetIsAReadThatIsSafeToRepeat() {
    Operation list = operation("listPayments");
    assertThat(list.handler()).isInstanceOf(Handler.Reading.class);
    assertThat(list.idempotent()).isEqualTo(new Idempotent.Safe());
    assertThat(list.deadline()).isEqualTo(Duration.ofMillis(2500));
    assertThat(list.body()).isEqualTo(BodyRule.NONE);
  }

  @Test
  void whatTheContractSaysBesidesIsKept() {
    assertThat(operation("refundPayment").handler()).isInstanceOf(Handler.Calling.class);
    assertThat(operation("refundPayment").deadline()).isEqualTo(Duration.ofMinutes(1));
    assertThat(operation("getVersion").handler()).isInstanceOf(Handler.Plain.class);
    assertThat(operation("getVersion").access()).isEqualTo(new Access.Public());
    assertThat(operation("changeCustomer").idempotent())
        .isEqualTo(new Idempotent.Natural(List.of("tenant", "id")));
    assertThat(operation("changeCustomer").body()).isEqualTo(BodyRule.json(false, 1 << 20));
    assertThat(operation("importPayments").access()).isEqualTo(new Access.Scopes(Set.of()));
    assertThat(operation("importPayments").idempotent())
        .isEqualTo(new Idempotent.None("an operator does it once"));
    assertThat(operation("exportAccounts").produces()).containsExactly("text/csv");
  }

  @Test
  void aHandlerGetsPathQueryAndBodyButNotTheIdempotencyKey() throws Exception {
    assertThat(signature("refundPayment")).containsExactly("Call", "UUID", "NewRefund");
    assertThat(signature("changeCustomer")).containsExactly("Write", "UUID", "Optional");
    assertThat(signature("listPayments")).containsExactly("Read", "Query");
    assertThat(components("ListPayments$Query"))
        .containsExactly(
            "Optional customerId",
            "Optional status",
            "Optional since",
            "Optional on",
            "Optional reference",
            "int limit",
            "long atLeast",
            "ListPaymentsOrder order",
            "boolean deep",
            "Optional cursor",
            "Optional xView");
  }

  @Test
  void anOutcomeCarriesItsBodyAndThenItsHeaders() throws Exception {
    assertThat(components("CreatePayment$Created")).containsExactly("Payment body", "URI location");
    assertThat(components("CreatePayment$Conflict")).containsExactly("Problem problem");
    assertThat(components("RefundPayment$TooManyRequests"))
        .containsExactly("Problem problem", "int retryAfter");
    assertThat(components("ListPayments$Ok"))
        .containsExactly("PaymentPage body", "Optional xTotal");
    assertThat(components("ExportAccounts$Ok")).containsExactly("String body");
    assertThat(components("DeleteCustomer$NoContent")).isEmpty();
  }

  @Test
  void typesThatNoOperationUsesAreNotMade() {
    assertThat(Fixture.sources("payments", Kind.SERVER, "any").stream().map(file -> file.name()))
        .doesNotContain("Problem.java", "Violation.java");
  }

  private static Operation operation(String id) {
    return Objects.requireNonNull(operations.get(id), id);
  }

  private static List<String> signature(String operation) throws Exception {
    return Arrays.stream(server.type("PaymentsApi").getMethods())
        .filter(method -> method.getName().equals(operation))
        .flatMap(method -> Arrays.stream(method.getParameterTypes()))
        .map(Class::getSimpleName)
        .toList();
  }

  private static List<String> components(String type) throws Exception {
    return Arrays.stream(server.type(type).getRecordComponents())
        .map((RecordComponent component) ->
            component.getType().getSimpleName() + " " + component.getName())
        .toList();
  }
}
