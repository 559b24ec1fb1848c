package dev.manyfactor.prover.rules;

import dev.manyfactor.formation.Chaos;
import dev.manyfactor.formation.Placeholders;
import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Database;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The operations that a manifest describes under `chaos`, done in a scene, and what came of them
/// by the queries that it gives.
///
/// @param web who is asked
record Deeds(Scene scene, Running web) {

  /// One that was done.
  ///
  /// @param identity of its effect
  record Done(String identity, Exchange exchange, Map<String, String> answers) {}

  /// Whether an operation can be done at once: neither it nor what it takes values from waits for
  /// anything.
  static boolean isSimple(Chaos chaos, Chaos.Operation operation) {
    return operation.when().isEmpty()
        && operation.needs().stream()
            .allMatch(name -> named(chaos, name).filter(one -> isSimple(chaos, one)).isPresent());
  }

  /// An operation by its name.
  static Optional<Chaos.Operation> named(Chaos chaos, String name) {
    return chaos.operations().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /// Does it, and before it what it takes values from.
  ///
  /// @throws BaselineMissing when something that it takes values from does not succeed
  Done done(Chaos.Operation operation) throws InterruptedException {
    return done(operation, web);
  }

  /// Does it at another instance.
  Done done(Chaos.Operation operation, Running at) throws InterruptedException {
    Map<String, String> answers = new HashMap<>();
    for (String needed : operation.needs()) {
      if (!needed.equals(operation.name())) {
        Done before = done(named(chaos(), needed).orElseThrow(), at);
        if (!before.exchange().succeeded()) {
          throw new BaselineMissing(
              "%s, which %s takes values from, does not succeed: %s"
                  .formatted(needed, operation.name(), before.exchange()));
        }
        answers.putAll(before.answers());
      }
    }
    String unique = "u%016x".formatted(scene.bench().random().nextLong());
    Placeholders values = new Placeholders(unique, answers);
    Exchange exchange = at.send(scene.call(operation.filled(values)));
    answers.putAll(members(operation.name(), exchange));
    String identity =
        exchange.succeeded() || operation.identity().equals("{unique}")
            ? new Placeholders(unique, answers).inText(operation.identity())
            : unique;
    return new Done(identity, exchange, answers);
  }

  private Chaos chaos() {
    return scene.bench().manifest().chaos();
  }

  private static Map<String, String> members(String operation, Exchange exchange) {
    Map<String, String> members = new HashMap<>();
    try {
      JsonNode answer = JsonMapper.shared().readTree(exchange.body());
      collect(operation, answer, members);
    } catch (JacksonException noJson) {
      // then nothing can be taken from it
    }
    return members;
  }

  private static void collect(String path, JsonNode node, Map<String, String> members) {
    if (node.isObject()) {
      node.properties()
          .forEach(entry -> collect(path + "." + entry.getKey(), entry.getValue(), members));
    } else if (node.isValueNode() && !node.isNull()) {
      members.put(path, node.asString());
    }
  }

  /// How many effects there are of each identity, by a query of the manifest.
  static Map<String, Integer> effects(Database database, String query) {
    Map<String, Integer> effects = new TreeMap<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        effects.merge(String.valueOf(rows.getString(1)), 1, Integer::sum);
      }
      return effects;
    } catch (SQLException failure) {
      throw new BaselineMissing(
          "a query of `chaos` in the manifest fails: %s; it was: %s"
              .formatted(failure.getMessage(), query));
    }
  }

  /// The tables that a query reads, quoted.
  static Set<String> tablesOf(Database database, String query) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("explain (verbose, format json) " + query)) {
      rows.next();
      JsonNode plan = JsonMapper.shared().readTree(rows.getString(1));
      Set<String> tables = new TreeSet<>();
      plan.findParents("Relation Name")
          .forEach(node ->
              tables.add(
                  quoted(node.path("Schema").asString(), node.path("Relation Name").asString())));
      if (tables.isEmpty()) {
        throw new BaselineMissing("the query reads no table: " + query);
      }
      return tables;
    } catch (SQLException failure) {
      throw new BaselineMissing(
          "a query of `chaos` in the manifest fails: %s; it was: %s"
              .formatted(failure.getMessage(), query));
    }
  }

  private static String quoted(String schema, String name) {
    return "\"%s\".\"%s\"".formatted(schema.replace("\"", "\"\""), name.replace("\"", "\"\""));
  }
}
