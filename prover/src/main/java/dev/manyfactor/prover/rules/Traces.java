package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Database;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where in a database it shows that a create has had its effect: by a query of the manifest, or by
/// the tables in which rows hold the letters of the create.
///
/// @param query of the manifest, whose rows are the letters
/// @param usual how many rows one create alone leaves, by where they are; never empty
record Traces(Database database, Optional<String> query, Map<String, Integer> usual) {
  private static final String DECLARED = "what the manifest counts";

  /// Those of one create that was acknowledged.
  ///
  /// @throws BaselineMissing when it has left none that can be seen
  static Traces of(Database database, Optional<String> query, String unique) {
    Traces any = new Traces(database, query, Map.of());
    Map<String, Integer> usual = new TreeMap<>();
    any.find(List.of(unique))
        .forEach((place, rows) -> usual.put(place, rows.getOrDefault(unique, 0)));
    usual.values().removeIf(rows -> rows == 0);
    if (usual.isEmpty()) {
      throw new BaselineMissing(
          query
              .map(text -> "a create alone is not among the rows of its `effects`: " + text)
              .orElse(
                  "a create alone leaves no row that holds the letters of its {unique}; describe under `chaos.operations` in the manifest how its effects are found"));
    }
    return new Traces(database, query, usual);
  }

  /// How many rows there are of each create, by where they are.
  Map<String, Map<String, Integer>> find(List<String> uniques) {
    if (query.isPresent()) {
      return Map.of(DECLARED, Deeds.effects(database, query.get()));
    }
    Map<String, Map<String, Integer>> found = new TreeMap<>();
    for (String table : usual.isEmpty() ? database.rows().keySet() : usual.keySet()) {
      found.put(table, rows(table, uniques));
    }
    return found;
  }

  private Map<String, Integer> rows(String table, List<String> uniques) {
    String search =
        "select u, count(*) from unnest(?) u join %s t on strpos(t::text, u) > 0 group by u"
            .formatted(table); // quoted by the server
    Map<String, Integer> rows = new HashMap<>();
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(search)) {
      Array letters = connection.createArrayOf("text", uniques.toArray());
      statement.setArray(1, letters);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          rows.put(found.getString(1), found.getInt(2));
        }
      }
      return rows;
    } catch (SQLException failure) {
      throw new BaselineMissing(
          "the rows of %s cannot be searched: %s".formatted(table, failure.getMessage()));
    }
  }

  /// Where a create has more rows than one alone, as a sentence.
  Optional<String> whereMore(Map<String, Map<String, Integer>> found, String unique) {
    return usual.entrySet().stream()
        .filter(entry -> count(found, entry.getKey(), unique) > entry.getValue())
        .findFirst()
        .map(entry ->
            "that of %s has %d rows in %s instead of %d"
                .formatted(
                    unique,
                    count(found, entry.getKey(), unique),
                    entry.getKey(),
                    entry.getValue()));
  }

  /// Whether a create has rows anywhere: what a queue held may be gone by now.
  boolean isFound(Map<String, Map<String, Integer>> found, String unique) {
    return usual.keySet().stream().anyMatch(place -> count(found, place, unique) > 0);
  }

  private static int count(Map<String, Map<String, Integer>> found, String place, String unique) {
    return found.getOrDefault(place, Map.of()).getOrDefault(unique, 0);
  }

  @Override
  public String toString() {
    return String.join(", ", usual.keySet());
  }
}
