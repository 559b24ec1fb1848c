package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Outcome;
import org.junit.jupiter.api.Test;

class KeysTests {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      paths:
        /v1/notes:
          post: {x-idempotency: key, security: [{token: []}], responses: {"201": {}, "422": {}}}
      """;

  @Test
  void serviceThatComparesBodiesAndCallersPasses() throws InterruptedException {
    assertThat(keyed().outcome("18-3")).isInstanceOf(Outcome.Pass.class);
    assertThat(Found.observation(keyed().outcome("18-6")))
        .contains("\"stranger\" of \"umbrella\"", "and without a key the answer is 400");
  }

  @Test
  void refusalThatStillHasAnEffectIsFound() throws InterruptedException {
    TinyService two =
        keyed().changed("if same != text:", "if same != text:\n                notes[text] = 1");
    assertThat(Found.counterExample(two.outcome("18-3"))).contains("422", "but had an effect");
  }

  @Test
  void anotherStatusHasToBeInTheContract() throws InterruptedException {
    TinyService conflict = keyed().changed("self.answer(422", "self.answer(409");
    assertThat(Found.counterExample(conflict.outcome("18-3"))).contains("422, but", "409");
    TinyService documented = conflict.with("contract.yaml", CONTRACT.replace("\"422\"", "\"409\""));
    assertThat(documented.outcome("18-3")).isInstanceOf(Outcome.Pass.class);
    TinyService undocumented = conflict.declared("contract: contract.yaml\n", "");
    assertThat(Found.reason(undocumented.outcome("18-3"))).contains("there is no contract");
  }

  @Test
  void bodyThatTheSampleCannotChangeIsChanged() throws InterruptedException {
    TinyService fixed = keyed().declared("note {unique}", "a note");
    assertThat(fixed.outcome("18-3")).isInstanceOf(Outcome.Pass.class);
    TinyService fussy =
        fixed.changed("if key[1] is None:", "if key[1] is None or text != 'a note':");
    assertThat(Found.reason(fussy.outcome("18-3"))).contains("put {unique} into the sample's body");
  }

  @Test
  void keyOfAnotherCallerThatIsTakenIsFound() throws InterruptedException {
    TinyService shared =
        keyed()
            .changed("key = self.who(), ", "key = \"anybody\", ")
            .changed("if same != text:", "if False:");
    assertThat(Found.counterExample(shared.outcome("18-6")))
        .contains("\"prover\" of \"acme\"", "was to be as good as new, but", "the other's answer");
  }

  @Test
  void keysThatBelongToATenantAreFit() throws InterruptedException {
    assertThat(keyed().changed("[\"sub\"]", "[\"tenant\"]").outcome("18-6"))
        .isInstanceOf(Outcome.Pass.class);
  }

  @Test
  void whoeverIsNotServedBorrowsNoKey() throws InterruptedException {
    TinyService alone =
        keyed().changed("if key[1] is None:", "if self.who() != \"prover\" or key[1] is None:");
    assertThat(Found.reason(alone.outcome("18-6")))
        .contains("neither as", "the service must serve whom its issuer knows");
  }

  @Test
  void missingKeyThatIsTakenIsFound() throws InterruptedException {
    TinyService lenient = keyed().changed("if key[1] is None:", "if False:");
    assertThat(Found.counterExample(lenient.outcome("18-6")))
        .contains("without one 400 was expected, but", "201");
  }

  @Test
  void withoutKeysThereIsNothingToKeepApart() throws InterruptedException {
    assertThat(TinyService.good().outcome("18-6")).isInstanceOf(Outcome.NotApplicable.class);
    TinyService natural = TinyService.good().declared("idempotency: none", "idempotency: natural");
    assertThat(natural.outcome("18-3")).isInstanceOf(Outcome.NotApplicable.class);
  }

  /// One whose keys belong to callers and bodies.
  private static TinyService keyed() {
    return TinyService.good()
        .declared("idempotency: none", "idempotency: key")
        .declared(
            "samples:",
            "contract: contract.yaml\ndependencies:\n  - name: identity\n    kind: oidc\nsamples:")
        .with("contract.yaml", CONTRACT)
        .changed("notes = {}\n", "notes = {}\nkeys = {}\n")
        .changed("import json\n", "import base64\nimport json\n")
        .changed(
            """
                        name = os.urandom(8).hex()
                        notes[name] = {"id": name, "text": text}
            """,
            """
                        key = self.who(), self.headers.get("Idempotency-Key")
                        if key[1] is None:
                            return self.answer(400, {})
                        name, same = keys.setdefault(key, (os.urandom(8).hex(), text))
                        if same != text:
                            return self.answer(422, {})
                        notes.setdefault(name, {"id": name, "text": text})
            """)
        .changed(
            "    def log_message",
            """
                def who(self):
                    claims = self.headers["Authorization"].split(".")[1] + "==="
                    return json.loads(base64.urlsafe_b64decode(claims))["sub"]

                def log_message\
            """);
  }
}
