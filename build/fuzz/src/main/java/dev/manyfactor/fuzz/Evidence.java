package dev.manyfactor.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// All that one run sent and found, as `docs/evidence/contract-fuzz.json`.
///
/// @param command what to type to send the same again
/// @param seed from which every request follows
/// @param requests over all services
/// @param violations over all services
record Evidence(
    String name,
    String command,
    Machine on,
    long seed,
    Requests requests,
    long violations,
    List<Outcome> services) {
  private static final String NAME = "contract-fuzz";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /// How many were to be sent, and how many were.
  record Requests(long expected, long run) {}

  static Evidence of(Options options, Machine machine, List<Outcome> services) {
    return new Evidence(
        NAME,
        "build/fuzz/run --requests %d --seed %d".formatted(options.requests(), options.seed()),
        machine,
        options.seed(),
        new Requests(
            services.stream().mapToLong(Outcome::expected).sum(),
            services.stream().mapToLong(Outcome::run).sum()),
        services.stream().mapToLong(Outcome::violations).sum(),
        services);
  }

  /// As JSON text.
  String json() {
    return JSON.writeValueAsString(this) + "\n";
  }

  /// Writes the file and tells where it is.
  Path write(Path root) throws IOException {
    Path file = root.resolve("docs/evidence").resolve(NAME + ".json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, json());
    return file;
  }
}
