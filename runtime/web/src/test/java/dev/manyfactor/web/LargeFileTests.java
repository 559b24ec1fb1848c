package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that are larger than all of a process's memory, which is 40 MB here.
class LargeFileTests {
  private static final String MEGABYTE = "x".repeat(1 << 20);
  private static final int MEGABYTES = 64;
  private static final int SIZE = MEGABYTES << 20;

  @TempDir private Path scratch;

  @Test
  void fileNeedsNoMemoryComingInOrGoingOut() throws Exception {
    try (FilesProcess process = FilesProcess.start(scratch, "unlimited")) {
      assertThat(sendFile(process, "x-any/file").body()).contains(SIZE + " bytes");
      assertThat(sendForm(process).body()).contains(SIZE + " bytes");
      try (Wire wire = new Wire(process.port())) {
        wire.send(Served.request("GET", "/download", "Connection: close") + "\r\n");
        assertThat(wire.readAndCount()).isGreaterThan(SIZE);
      }
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Callable<Wire.Answer> upload = () -> sendForm(process);
        for (var answer : threads.invokeAll(List.of(upload, upload))) {
          assertThat(answer.get().status()).isEqualTo(200);
        }
      }
      assertThat(left()).isEmpty();
    }
  }

  @Test
  void processThatIsKilledLeavesNothingOfAnUpload() throws Exception {
    try (FilesProcess process = FilesProcess.start(scratch, "unlimited");
        Wire wire = new Wire(process.port())) {
      wire.send(head("/files", "Content-Type: a/b", SIZE) + MEGABYTE.repeat(4));
      awaitSpooling(process);
      process.kill();
      assertThat(left()).isEmpty();
    }
  }

  @Test
  void fullScratchIsAnsweredWith503AndTheProcessGoesOn() throws IOException {
    try (FilesProcess process = FilesProcess.start(scratch, "2048")) {
      for (int i = 0; i < 3; i++) {
        try (Wire wire = new Wire(process.port())) {
          wire.trySend(head("/files", "Content-Type: a/b", 4 << 20) + MEGABYTE.repeat(2) + "x");
          Wire.Answer answer = wire.read();
          assertThat(answer.status()).isEqualTo(503);
          assertThat(answer.header("retry-after")).isEqualTo("1");
          assertThat(answer.body())
              .contains("cannot take files at the moment")
              .doesNotContain("large", "Exception", scratch.toString());
        }
      }
      try (Wire wire = new Wire(process.port())) {
        wire.send(head("/files", "Content-Type: a/b", 1 << 20) + MEGABYTE);
        assertThat(wire.read().body()).contains((1 << 20) + " bytes");
      }
      assertThat(left()).isEmpty();
    }
  }

  @Test
  void absentScratchIsAnsweredWith503() throws IOException {
    try (FilesProcess process = FilesProcess.start(scratch.resolve("absent"), "unlimited");
        Wire wire = new Wire(process.port())) {
      wire.send(head("/files", "Content-Type: a/b", 1) + "x");
      assertThat(wire.read().status()).isEqualTo(503);
    }
  }

  private static Wire.Answer sendFile(FilesProcess process, String mediaType) throws IOException {
    try (Wire wire = new Wire(process.port())) {
      wire.send(head("/files", "Content-Type: " + mediaType, SIZE));
      return sendMegabytes(wire).read();
    }
  }

  private static Wire.Answer sendForm(FilesProcess process) throws IOException {
    Form form = Form.of().file("file", "large", "a/b", "@");
    String[] around = form.body().split("@", -1);
    try (Wire wire = new Wire(process.port())) {
      wire.send(head("/forms", form.contentType(), form.body().length() - 1 + SIZE) + around[0]);
      return sendMegabytes(wire).send(around[1]).read();
    }
  }

  private static Wire sendMegabytes(Wire wire) throws IOException {
    for (int i = 0; i < MEGABYTES; i++) {
      wire.send(MEGABYTE);
    }
    return wire;
  }

  private static String head(String path, String contentType, int length) {
    return Served.request("POST", path)
        + contentType
        + "\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(scratch)) {
      return files.toList();
    }
  }

  /// Waits until the process has a file open that nobody else can see any more.
  private static void awaitSpooling(FilesProcess process) throws Exception {
    for (int i = 0; i < 1000 && !process.hasDeletedFile(); i++) {
      Thread.sleep(20);
    }
    assertThat(process.hasDeletedFile()).isTrue();
  }
}
