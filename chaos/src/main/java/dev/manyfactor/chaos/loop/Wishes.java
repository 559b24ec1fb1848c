package dev.manyfactor.chaos.loop;

import dev.manyfactor.chaos.contact.Desk;
import dev.manyfactor.formation.Chaos;
import dev.manyfactor.formation.Placeholders;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What one client asks for next, with values from the answers it has had. For one thread.
final class Wishes {
  private static final int REMEMBERED = 50;

  private final List<Chaos.Operation> operations;
  private final Desk desk;
  private final RandomGenerator random;
  private final String client;
  private final Map<String, List<JsonNode>> answers = new HashMap<>();
  private final Map<String, Deque<JsonNode>> unused = new HashMap<>();
  private long made;

  /// @param client small letters and digits that no other client has
  Wishes(List<Chaos.Operation> operations, Desk desk, RandomGenerator random, String client) {
    this.operations = operations;
    this.desk = desk;
    this.random = random;
    this.client = client;
  }

  /// A request that makes sense now; empty if there is none.
  Optional<Wish> next() {
    List<Chaos.Operation> inAnyOrder = new ArrayList<>(operations);
    Collections.shuffle(inAnyOrder, Random.from(random));
    for (Chaos.Operation operation : inAnyOrder) {
      Optional<Wish> wish =
          values(operation)
              .filter(given -> isTime(operation, given))
              .map(given -> made(operation, given));
      if (wish.isPresent()) {
        return wish;
      }
    }
    return Optional.empty();
  }

  private Wish made(Chaos.Operation operation, Placeholders values) {
    made++;
    Placeholders.operations(operation.identity())
        .forEach(used -> queue(operation, used).pollFirst());
    return new Wish(operation, operation.filled(values), values.inText(operation.identity()));
  }

  /// Values for all placeholders, if there are answers to take them from.
  private Optional<Placeholders> values(Chaos.Operation operation) {
    Map<String, String> values = new HashMap<>();
    for (String needed : operation.needs()) {
      Optional<JsonNode> answer = answer(operation, needed);
      if (answer.isEmpty()) {
        return Optional.empty();
      }
      String all =
          operation.request().path()
              + operation.request().body().orElse("")
              + operation.identity()
              + operation.when().orElse("");
      for (String member : Placeholders.members(all, needed)) {
        values.put(
            needed + "." + member, answer.get().at("/" + member.replace('.', '/')).asString(""));
      }
    }
    return Optional.of(new Placeholders("%sn%d".formatted(client, made), values));
  }

  /// One that has not been used yet where the effect is called after it, else any.
  private Optional<JsonNode> answer(Chaos.Operation operation, String needed) {
    if (Placeholders.operations(operation.identity()).contains(needed)) {
      return Optional.ofNullable(queue(operation, needed).peekFirst());
    }
    List<JsonNode> known = answers.getOrDefault(needed, List.of());
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(known.get(random.nextInt(known.size())));
  }

  private Deque<JsonNode> queue(Chaos.Operation operation, String needed) {
    return unused.computeIfAbsent(operation.name() + " " + needed, _ -> new ArrayDeque<>());
  }

  private boolean isTime(Chaos.Operation operation, Placeholders values) {
    if (operation.when().isEmpty()) {
      return true;
    }
    try {
      return desk.givesRows(values.inSql(operation.when().get()));
    } catch (SQLException away) {
      return false;
    }
  }

  /// A wish was granted: later ones may take values from the answer.
  void granted(Wish wish, String body) {
    JsonNode answer = parsed(body);
    String name = wish.operation().name();
    List<JsonNode> known = answers.computeIfAbsent(name, _ -> new ArrayList<>());
    if (known.size() < REMEMBERED) {
      known.add(answer);
    } else {
      known.set(random.nextInt(REMEMBERED), answer);
    }
    operations.stream()
        .filter(operation -> Placeholders.operations(operation.identity()).contains(name))
        .forEach(operation -> queue(operation, name).addLast(answer));
  }

  private static JsonNode parsed(String body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException noJson) {
      return JsonMapper.shared().createObjectNode();
    }
  }
}
