package dev.manyfactor.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What PostgreSQL does at most: pgbench, with as many connections and the same statements in as
/// many messages, and no server in between.
///
/// It always reads the same payment, since it cannot choose among ids.
final class PgBench {
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

  private final Path program;
  private final Book book;

  private PgBench(Path program, Book book) {
    this.program = program;
    this.book = book;
  }

  /// If it is installed (Debian: the package postgresql-contrib).
  static Optional<PgBench> find(Map<String, String> environment, Book book) {
    return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "pgbench"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(program -> new PgBench(program, book));
  }

  /// Transactions per second with the statements of an operation.
  double run(Operation operation, int seconds, long seed) throws IOException, InterruptedException {
    Path script = Files.createTempFile("limit", ".sql");
    try {
      Files.writeString(script, script(operation));
      var builder = new ProcessBuilder(command(script, seconds, seed)).redirectErrorStream(true);
      builder.environment().put("PGPASSWORD", book.serving().password());
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new UnexpectedAnswer("pgbench failed: " + output);
      }
      return rate(output);
    } finally {
      Files.delete(script);
    }
  }

  private List<String> command(Path script, int seconds, long seed) {
    String connections = String.valueOf(Scene.CONNECTIONS);
    return List.of(
        program.toString(),
        "-n",
        "-M",
        "prepared",
        "-c",
        connections,
        "-j",
        "2",
        "-T",
        String.valueOf(seconds),
        "--random-seed=" + (seed & Integer.MAX_VALUE),
        "-f",
        script.toString(),
        "-D",
        "customer=" + book.customer(),
        "-D",
        "payment=" + book.payments().getFirst(),
        "-h",
        "127.0.0.1",
        "-p",
        String.valueOf(book.serving().address().getPort()),
        "-U",
        book.serving().user(),
        book.serving().database());
  }

  private static double rate(String output) {
    Matcher found = RATE.matcher(output);
    if (!found.find()) {
      throw new UnexpectedAnswer("pgbench said: " + output);
    }
    return Rounded.to3(Double.parseDouble(found.group(1)));
  }

  private static String script(Operation operation) {
    return switch (operation) {
      case GET ->
          """
          \\startpipeline
          begin read only;
          select set_config('manyfactor.tenant', 'acme', true) is null;
          select id, customer_id, amount_minor, refunded_minor, currency, description, status, created_at from payment where id = :payment::uuid;
          \\endpipeline
          rollback;
          """;
      case POST ->
          """
          \\set key random(1, 9000000000000000000)
          \\startpipeline
          begin;
          select set_config('manyfactor.tenant', 'acme', true) is null;
          select pg_try_advisory_xact_lock(:key::bigint) as free;
          select fingerprint = sha256(:key::text::bytea) as same from manyfactor.idempotency_00 where scope = '00000000-0000-0001-0000-000000000001' and key = '00000000-0000-7000-' || :key::text;
          \\endpipeline
          select 1 from customer where id = :customer::uuid;
          insert into payment (customer_id, amount_minor, currency, description, status) values (:customer::uuid, 1250, 'EUR', 'two tickets', 'pending') returning id as opened, customer_id, amount_minor, refunded_minor, currency, description, status, created_at \\gset
          with seen as (insert into manyfactor.tenant (tenant) values ('acme') on conflict do nothing) insert into manyfactor.job (id, kind, tenant, payload, unique_key, release, trace) values (uuidv7(), 'capture', 'acme', '{"payment":"' || :opened::text || '"}', null, 'limit', null);
          \\startpipeline
          insert into manyfactor.idempotency_00 (slot, scope, key, tenant, fingerprint, status, headers, body) values (0, '00000000-0000-0001-0000-000000000001', '00000000-0000-7000-' || :key::text, 'acme', sha256(:key::text::bytea), 201, 'Location: /v1/payments/' || :opened::text, convert_to('{"id":"' || :opened::text || '","customer_id":"' || :customer::text || '","amount_minor":1250,"refunded_minor":0,"currency":"EUR","description":"two tickets","status":"pending","created_at":"2026-11-01T00:00:00.000000Z"}', 'UTF8'));
          commit;
          \\endpipeline
          """;
      case POST_WITHOUT_KEY_AND_JOB ->
          throw new IllegalArgumentException("this operation is only for the floor");
    };
  }
}
