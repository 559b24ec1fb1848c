package dev.manyfactor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/// Somebody who types what the guide to operating jobs says, where the README ends, and looks at
/// what comes of it.
///
/// @param port where payments listens
record Operator(Shell shell, int port) {
  private static final Pattern BLOCK = Pattern.compile("(?m)^```sh\\n((?s).*?)^```");

  void works() throws Exception {
    Deque<String> blocks = new ArrayDeque<>();
    BLOCK
        .matcher(Tree.text(Tree.ROOT.resolve("docs/guides/operating-jobs.md")))
        .results()
        .forEach(
            block -> blocks.add(block.group(1).replace("localhost:8080", "localhost:" + port)));
    assertThat(typed(blocks.pop()))
        .startsWith("QUEUE ")
        .containsPattern("capture.requested +0 .* open")
        .contains("schedule.settle")
        .doesNotContain("\u001b");
    assertThat(typed(blocks.pop())).containsPattern("capture.requested .* paused for \\d+ s");
    assertThat(typed(blocks.pop())).contains("\"status\":\"pending\"");
    assertThat(typed(blocks.pop())).contains("state       due, since", "tenant      acme");
    assertThat(typed(blocks.pop())).isEqualTo("1 job is cancelled\n");
    assertThat(typed(blocks.pop()))
        .startsWith("STATE ")
        .containsPattern("dead .* acme +0 .* cancelled by an operator\n")
        .endsWith("1 job is due again\n");
    assertThat(typed(blocks.pop())).containsPattern("capture.requested .* open");
    assertThat(blocks).isEmpty();
  }

  private String typed(String block) throws Exception {
    Shell.Answer answer = shell.run(block);
    assertThat(answer.status()).as(block + answer.errors()).isZero();
    return answer.output();
  }
}
