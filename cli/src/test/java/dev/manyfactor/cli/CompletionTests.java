package dev.manyfactor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script of `mf completion`, in a real bash.
class CompletionTests {
  @TempDir Path folder;
  private Path script;

  @BeforeEach
  void write() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream printer = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(Mf.commandLine(new Terminal(printer, printer, false, false)).execute("completion"))
        .isZero();
    script = Files.write(folder.resolve("mf-completion"), out.toByteArray());
  }

  @Test
  void bashReadsIt() throws Exception {
    assertThat(bash("bash -n " + script)).isEmpty();
  }

  @Test
  void verbsAndOptionsAreCompleted() throws Exception {
    assertThat(completed("mf", "u")).containsExactly("up");
    assertThat(completed("./mf", "to")).containsExactly("token");
    assertThat(completed("mf", "")).contains("up", "run", "token", "config", "completion");
    assertThat(completed("mf", "up", "--f")).containsExactly("--fresh");
    assertThat(completed("mf", "prove", "--fo")).containsExactly("--format");
    assertThat(completed("mf", "prove", "ex")).containsExactly("explain");
    assertThat(completed("mf", "prove", "explain", "--")).contains("--json");
    assertThat(completed("mf", "jobs", "examples/payments", "pa")).containsExactly("pause");
    assertThat(completed("mf", "token", "--")).contains("--tenant", "--scope", "--json");
  }

  /// What is offered after these words, the last of which is not finished. `compopt` works only
  /// while a person completes.
  private List<String> completed(String... words) throws Exception {
    String line =
        "compopt() { :; }; source %s; COMP_WORDS=('%s'); COMP_CWORD=%d; _complete_mf; echo \"${COMPREPLY[*]}\""
            .formatted(script, String.join("' '", words), words.length - 1);
    return List.of(bash(line).strip().split("\\s+", -1));
  }

  private static String bash(String line) throws Exception {
    Process process = new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
