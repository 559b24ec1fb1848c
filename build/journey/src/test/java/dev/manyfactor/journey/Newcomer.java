package dev.manyfactor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// Somebody who types what the README says, and looks at what comes of it.
///
/// @param blocks the commands: up, who, pay, look, run
record Newcomer(Shell shell, List<String> blocks) {

  /// Does what comes after `mf up`.
  void walks() throws Exception {
    identifiesItself(blocks.get(1));
    pays(blocks.get(2), blocks.get(3));
    exportsItsCustomers(blocks.get(4));
  }

  private void identifiesItself(String block) throws Exception {
    Shell.Answer done = shell.run(block);
    assertThat(done).isEqualTo(new Shell.Answer(0, "", ""));
    assertThat(shell.run("echo $TOKEN").output()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\\n");
    assertThat(shell.run("echo $CUSTOMER").output()).matches("[0-9a-f-]{36}\\n");
  }

  private void pays(String post, String look) throws Exception {
    Shell.Answer first = shell.run(post);
    assertThat(first.output())
        .startsWith("HTTP/1.1 201 Created\r\n")
        .contains("\r\nLocation: /v1/payments/")
        .doesNotContain("Idempotent-Replayed");
    assertThat(first.body()).contains("\"status\":\"pending\"");

    Shell.Answer seen = shell.run(look);
    for (int looks = 0; looks < 200 && !seen.output().contains("\"captured\""); looks++) {
      Thread.sleep(50);
      seen = shell.run(look);
    }
    assertThat(seen.output()).contains("\"status\":\"captured\"", "\"amount_minor\":1999");

    Shell.Answer second = shell.run(post);
    assertThat(second.output())
        .startsWith("HTTP/1.1 201 Created\r\n")
        .contains("\r\nIdempotent-Replayed: true\r\n");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(shell.run(look).output()).isEqualTo(seen.output());
  }

  private void exportsItsCustomers(String block) throws Exception {
    Shell.Answer export = shell.run(block);
    assertThat(export.status()).as(export.errors()).isZero();
    assertThat(export.output().lines())
        .satisfiesExactly(
            header -> assertThat(header).isEqualTo("id,email,name,country,tier,created_at"),
            ada -> assertThat(ada).contains(",ada@example.com,Ada,GB,vip,"));
  }
}
