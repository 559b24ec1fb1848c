package dev.manyfactor.prover.observe;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A run in a JVM of its own, to be killed or to be made as another user: starts what is hard to
/// end, says what holds it, and waits.
final class RunMain {
  private RunMain() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    Sandbox sandbox = Sandbox.open(Path.of(arguments[0]), System::nanoTime);
    sandbox.conditions().forEach(out::println);
    Path scratch = sandbox.scratch("web");
    Observed process =
        sandbox.start(
            new Launch(
                "web",
                List.of("sh", "-c", arguments[1]),
                scratch,
                Map.of("PATH", "/usr/bin:/bin"),
                new Launch.Reach(scratch, Set.of())));
    process
        .output()
        .await(0, line -> line.text().equals("up"), Duration.ofSeconds(60))
        .ifPresentOrElse(line -> {}, () -> out.println("it is not up"));
    process.output().lines().forEach(line -> out.println("> " + line.text()));
    process.tree().forEach(fact -> out.println("pid " + fact.pid()));
    out.println("started");
    int order = System.in.read();
    if (order == 'c') {
      sandbox.close();
      out.println("closed");
    }
  }
}
