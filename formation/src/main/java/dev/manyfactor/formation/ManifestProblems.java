package dev.manyfactor.formation;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.serialization.node.TokenStreamLocationAware;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/// Everything that is wrong with one manifest, each with file, line and column.
final class ManifestProblems {
  private final Path file;
  private final List<Problem> problems = new ArrayList<>();

  ManifestProblems(Path file) {
    this.file = file;
  }

  private record Problem(int line, int column, String message) {}

  void add(int line, int column, String message) {
    Problem problem = new Problem(Math.max(1, line), Math.max(1, column), message);
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  /// A problem at a node of the file.
  void add(JsonNode node, String message) {
    if (node instanceof TokenStreamLocationAware located) {
      TokenStreamLocation place = located.tokenStreamLocation();
      add(place.getLineNr(), place.getColumnNr(), message);
    } else {
      add(1, 1, message); // an empty file has no nodes that know their place
    }
  }

  /// A violation of the schema, in our words.
  void add(Error error, Schema schema) {
    JsonNode at = error.getInstanceNode();
    JsonNode unknown =
        "additionalProperties".equals(error.getKeyword()) ? at.get(property(error)) : at;
    add(
        unknown == null ? at : unknown,
        where(error) + new SchemaViolation(error, schema).message());
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw exception();
    }
  }

  FormationException exception() {
    problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return new FormationException(
        ExitCode.CONFIG.number(),
        "%s has %s; correct it and start again".formatted(file, count),
        problems.stream()
            .map(problem ->
                "%s:%d:%d: %s"
                    .formatted(
                        file.getFileName(), problem.line(), problem.column(), problem.message()))
            .toList());
  }

  private static String property(Error error) {
    return String.valueOf(error.getProperty());
  }

  /// `processes.web: `, nothing for the file as a whole.
  private static String where(Error error) {
    String pointer = String.valueOf(error.getInstanceLocation());
    String path = pointer.replaceFirst("^/", "").replace('/', '.');
    return path.isEmpty() ? "" : path + ": ";
  }
}
