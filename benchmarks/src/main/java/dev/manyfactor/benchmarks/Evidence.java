package dev.manyfactor.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// All that one run measured, and on what, as `docs/evidence/<name>.json`.
///
/// @param name of the file
/// @param command what to type to measure it again
/// @param on commit and machine
/// @param with the settings, each by its name
/// @param cells how many figures were to be taken, how many were, and why the others were not
/// @param rounds every figure that was taken
/// @param medians over the rounds
/// @param compared two figures of the same round, as ratio or difference; the median over the
///   rounds
public record Evidence(
    String name,
    String command,
    Machine on,
    Map<String, ?> with,
    Cells cells,
    List<?> rounds,
    Map<String, ?> medians,
    Map<String, Double> compared) {
  private static final Path FOLDER = Path.of("docs", "evidence");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .changeDefaultPropertyInclusion(
              it -> it.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .build();

  /// How much was done of what was to be done.
  ///
  /// @param failed what went wrong, for each that was not taken
  public record Cells(int expected, int run, List<String> failed) {}

  /// As JSON text.
  public String json() {
    return JSON.writeValueAsString(this) + "\n";
  }

  /// Writes the file and tells where it is.
  public Path write() throws IOException {
    Path file = FOLDER.resolve(name + ".json");
    Files.createDirectories(FOLDER);
    Files.writeString(file, json());
    return file;
  }
}
