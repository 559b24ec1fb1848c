package dev.manyfactor.web;

import dev.manyfactor.context.Context;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A process with little memory that takes files in and sends them back.
final class FilesProcess implements AutoCloseable {
  private static final int HEAP_MEGABYTES = 40;
  private static final long MOST = 200_000_000;

  private final Process process;
  private final int port;

  private FilesProcess(Process process) throws IOException {
    this.process = process;
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null || !line.startsWith("port ")) {
      throw new IOException("the process said: " + line);
    }
    this.port = Integer.parseInt(line.substring("port ".length()));
  }

  /// Starts one whose files lie in `scratch` and have at most so many kilobytes.
  static FilesProcess start(Path scratch, String fileKilobytes) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        new ArrayList<>(
            List.of("bash", "-c", "ulimit -f " + fileKilobytes + "; exec \"$@\"", "bash", java));
    command.addAll(
        List.of(
            "-Xmx" + HEAP_MEGABYTES + "m",
            "-XX:-UsePerfData",
            "-Djava.io.tmpdir=" + scratch,
            "-cp",
            System.getProperty("java.class.path"),
            FilesProcess.class.getName()));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    return new FilesProcess(builder.start());
  }

  int port() {
    return port;
  }

  /// Whether it has an upload open that no longer has a name.
  boolean hasDeletedFile() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(process.pid()), "fd"))) {
      return open.map(FilesProcess::target)
          .anyMatch(name -> name.matches(".*upload \\(deleted\\)"));
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closed) {
      return "";
    }
  }

  /// Ends it as if the machine had lost power.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the process did not end");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /// Serves until it is killed, or until whoever started it is gone.
  public static void main(String[] arguments) throws IOException {
    try (Served served =
        Served.serving(
            operation("/files", BodyRule.file(true, MOST, "*/*"), FilesProcess::file),
            operation("/forms", BodyRule.form(FormPart.file("file", MOST)), FilesProcess::form),
            Served.plain(
                Method.GET,
                "/download",
                _ -> _ -> Response.download(200, "a/b", Download.of("a/b", FilesProcess::fill))))) {
      System.out.println("port " + served.server().port());
      System.out.flush();
      while (System.in.read() >= 0) {
        // only its end matters
      }
    }
  }

  private static Operation operation(String path, BodyRule body, Preparation<Context> preparation) {
    return new Operation(
        path,
        Method.POST,
        path,
        new Access.Public(),
        new Idempotent.None("a test"),
        Duration.ofMinutes(1),
        body,
        new Handler.Plain(preparation));
  }

  private static Action<Context> file(Input input) {
    Upload file = input.file();
    return _ -> told(file == null ? List.of() : List.of(file));
  }

  private static Action<Context> form(Input input) {
    List<Upload> files = input.form().optional("file").stream().toList();
    return _ -> told(files);
  }

  private static Response told(List<Upload> files) {
    long read = 0;
    for (Upload file : files) {
      try (var bytes = file.open()) {
        read += bytes.transferTo(OutputStream.nullOutputStream());
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    return Response.json(200, Echo.CODEC, new Echo(read + " bytes"));
  }

  private static void fill(DownloadStream out) {
    byte[] megabyte = new byte[1 << 20];
    for (int i = 0; i < 100; i++) {
      out.write(megabyte);
    }
  }
}
