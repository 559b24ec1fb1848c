package dev.manyfactor.prover.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.prover.trial.Outline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractOutlineTests {
  @TempDir Path folder;

  @Test
  void operationsSayWhoMayCallThem() throws IOException {
    Outline outline =
        outline(
            """
            security: [{tokens: ["notes:read"]}]
            paths:
              /v1/notes:
                get: {}
                post: {security: []}
              /v1/open:
                get: {security: [{tokens: []}, {}]}
            """);
    assertThat(outline.operations())
        .extracting(operation -> operation.id() + " " + operation.isPublic())
        .containsExactly("GET /v1/notes false", "POST /v1/notes true", "GET /v1/open true");
  }

  @Test
  void aPathThatIsWrittenOutGoesBeforeATemplate() throws IOException {
    Outline outline =
        outline(
            """
            paths:
              /v1/notes/{id}: {get: {operationId: one}, put: {x-idempotency: "natural: by id"}}
              /v1/notes/newest: {get: {operationId: newest}}
            """);
    assertThat(outline.operation("GET", "/v1/notes/newest?n=1").orElseThrow().id())
        .isEqualTo("newest");
    assertThat(outline.operation("GET", "/v1/notes/7").orElseThrow().id()).isEqualTo("one");
    assertThat(outline.operation("PUT", "/v1/notes/7").orElseThrow().idempotency())
        .contains("natural");
    assertThat(outline.operation("GET", "/v1/notes/7/more")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "just words",
        "- a\n- list",
        "paths: !!int abc",
        "a: &a [*a]\nb: *b",
        "openapi: 3.1.0",
        "\u0000\u0001"
      })
  void whatIsNoOpenApiDocumentIsRefused(String text) {
    assertThatThrownBy(() -> outline(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("contract.yaml");
  }

  @Test
  void aContractTooLargeToReadIsRefused() {
    assertThatThrownBy(() -> outline("paths: {}\n#" + "x".repeat(5 << 20)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("contract.yaml");
  }

  @Test
  void oddMembersArePassedOver() throws IOException {
    assertThat(
            outline(
                    """
                    paths:
                      ~: {get: {}}
                      /a: 7
                      /b: {get: ~, $ref: "#/no/such"}
                      7: {get: {parameters: [1, ~, {$ref: "#/x"}], security: [1]}}
                    """)
                .operations())
        .extracting(Outline.Operation::path)
        .contains("7");
  }

  private Outline outline(String text) throws IOException {
    Path file = folder.resolve("contract.yaml");
    Files.writeString(file, text);
    return ContractOutline.of(file);
  }
}
