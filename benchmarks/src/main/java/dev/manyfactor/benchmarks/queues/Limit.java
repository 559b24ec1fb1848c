package dev.manyfactor.benchmarks.queues;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What PostgreSQL does at most: pgbench with the statements of [Statements], in as many messages
/// and over as many connections, and nobody in between.
final class Limit {
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
  private static final Pattern DONE = Pattern.compile("actually processed: ([0-9]+)");

  private final Tables tables;

  Limit(Tables tables) {
    this.tables = tables;
  }

  /// Jobs added per second.
  double enqueue(Duration duration) throws SQLException, IOException, InterruptedException {
    double rate = run(List.of(Statements.enqueue()), "-T", String.valueOf(duration.toSeconds()));
    tables.empty();
    return rate;
  }

  /// Jobs claimed and done per second, each in one transaction.
  double transactional(int jobs) throws SQLException, IOException, InterruptedException {
    return work(jobs, Statements.transactional(), 1);
  }

  /// Jobs leased in batches of one per lane, and done in a transaction each.
  double leased(int jobs) throws SQLException, IOException, InterruptedException {
    return work(jobs, Statements.leased(Contender.LANES), Contender.LANES);
  }

  /// Jobs per second while as many are added as are done in one transaction each.
  double endToEnd(int jobs) throws SQLException, IOException, InterruptedException {
    tables.fill(Contender.LANES); // so that a claim finds one, whoever comes first
    List<String> both = List.of(Statements.enqueue() + Statements.transactional());
    double rate = run(both, "-t", String.valueOf(jobs / Contender.LANES));
    tables.empty();
    return rate;
  }

  /// @param batch how many jobs one run of the script does
  private double work(int jobs, String script, int batch)
      throws SQLException, IOException, InterruptedException {
    int runs = jobs / Contender.LANES / batch;
    tables.fill(runs * Contender.LANES * batch);
    double rate = run(List.of(script), "-t", String.valueOf(runs));
    tables.mustBeEmpty();
    return rate * batch;
  }

  private double run(List<String> scripts, String... bound)
      throws IOException, InterruptedException {
    List<Path> files = new ArrayList<>();
    try {
      List<String> words = new ArrayList<>(command());
      words.addAll(List.of(bound));
      for (String script : scripts) {
        Path file = Files.createTempFile("limit", ".sql");
        files.add(file);
        Files.writeString(file, script);
        words.addAll(List.of("-f", file.toString()));
      }
      words.add(tables.serving().getPath().substring(1));
      return rate(words);
    } finally {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private double rate(List<String> words) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("PGPASSWORD", tables.serving().getUserInfo().split(":", 2)[1]);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher rate = RATE.matcher(output);
    Matcher done = DONE.matcher(output);
    boolean ended = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    if (!ended || !rate.find() || !done.find() || done.group(1).equals("0")) {
      throw new IllegalStateException("pgbench failed: " + output);
    }
    return Double.parseDouble(rate.group(1));
  }

  private List<String> command() {
    String lanes = String.valueOf(Contender.LANES);
    return List.of(
        "pgbench",
        "-n",
        "-M",
        "prepared",
        "-c",
        lanes,
        "-j",
        "2",
        "-h",
        "127.0.0.1",
        "-p",
        String.valueOf(tables.serving().getPort()),
        "-U",
        tables.serving().getUserInfo().split(":", 2)[0]);
  }
}
