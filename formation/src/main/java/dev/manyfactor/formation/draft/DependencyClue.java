package dev.manyfactor.formation.draft;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Libraries in lists of dependencies and in imports: a PostgreSQL that `mf` brings, or something
/// else that it does not.
final class DependencyClue implements Clue {
  private static final List<String> LISTS =
      List.of(
          "package.json",
          "requirements.txt",
          "pyproject.toml",
          "Pipfile",
          "go.mod",
          "pom.xml",
          "build.gradle",
          "build.gradle.kts",
          "Gemfile",
          "composer.json");
  private static final Pattern POSTGRES =
      Pattern.compile(
          "(?m)\"(pg|postgres|pg-promise|slonik)\"\\s*:|^\\s*[\"']?(psycopg|psycopg2|psycopg2-binary|asyncpg|pg8000)\\b|[\"'](psycopg|asyncpg|pg8000)|github\\.com/(lib/pq|jackc/pgx)|org\\.postgresql|gem [\"']pg[\"']");
  private static final Pattern IMPORT =
      Pattern.compile(
          "(?m)require\\(['\"](pg|postgres|pg-promise)['\"]\\)|from ['\"](pg|postgres|pg-promise)['\"]|^\\s*(import|from) (psycopg2?|asyncpg|pg8000)\\b");
  private static final Pattern ADDRESS =
      Pattern.compile("(?m)^\\s*(?:export\\s+)?([A-Z][A-Z0-9_]*_URL)=[\"']?postgres");
  private static final Map<String, Pattern> NOT_BROUGHT =
      Map.of(
          "Redis",
              Pattern.compile(
                  "\"(redis|ioredis|bullmq)\"\\s*:|(?m)^redis\\b|go-redis|jedis|lettuce"),
          "MySQL",
              Pattern.compile(
                  "\"(mysql2?)\"\\s*:|(?m)^(mysqlclient|PyMySQL)\\b|go-sql-driver/mysql"),
          "MongoDB", Pattern.compile("\"(mongodb|mongoose)\"\\s*:|(?m)^pymongo\\b|mongo-driver"),
          "Kafka", Pattern.compile("\"kafkajs\"\\s*:|kafka-clients|(?m)^(confluent-)?kafka\\b"),
          "RabbitMQ", Pattern.compile("\"amqplib\"\\s*:|(?m)^pika\\b|amqp091-go|amqp-client"));

  @Override
  public void look(Folder folder, Draft draft) {
    Optional<String> list = fileWith(folder, LISTS, POSTGRES);
    list.or(() -> fileWith(folder, folder.sources(), IMPORT))
        .ifPresent(file -> {
          draft.need(new Draft.Need("database", "postgres", variable(folder)), file);
          draft.ask("dependencies: the major version of its PostgreSQL");
        });
    NOT_BROUGHT.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(other ->
            fileWith(folder, LISTS, other.getValue())
                .ifPresent(file ->
                    draft.ask(
                        "variables: mf brings no %s (%s); let the example of its variable name one that runs"
                            .formatted(other.getKey(), file))));
  }

  /// Which variable gets the address, as an example of the environment says.
  private static String variable(Folder folder) {
    Matcher address = ADDRESS.matcher(EnvironmentClue.text(folder));
    return address.find() ? address.group(1) : "DATABASE_URL";
  }

  private static Optional<String> fileWith(Folder folder, List<String> files, Pattern what) {
    return files.stream().filter(name -> what.matcher(folder.text(name)).find()).findFirst();
  }
}
