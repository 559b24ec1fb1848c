package dev.manyfactor.chaos.sweep;

import dev.manyfactor.chaos.contact.Post;
import dev.manyfactor.chaos.history.Reply;
import dev.manyfactor.formation.Chaos;
import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Placeholders;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Prepares requests, with everything that must be there before them, and sends them until they
/// have an answer for good. Safe on many threads, apart from the preparation.
final class Errands {
  static final String TENANT = "acme";
  static final String OTHER_TENANT = "globex";
  private static final Duration POLL = Duration.ofMillis(30);
  private static final Duration SENSIBLE = Duration.ofSeconds(60);
  private static final Duration CONCLUSION = Duration.ofSeconds(60);

  private final Theatre theatre;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final AtomicLong number = new AtomicLong();

  /// @param random makes keys and names that nobody else has
  Errands(Theatre theatre, RandomGenerator random, InstantSource clock) {
    this.theatre = theatre;
    this.random = random;
    this.clock = clock;
  }

  /// Makes whatever an operation needs, and waits until it makes sense.
  Errand prepare(Chaos.Operation operation, String tenant) throws InterruptedException {
    return prepare(operation, tenant, key());
  }

  /// The same for a request with a key that somebody else has too.
  Errand prepare(Chaos.Operation operation, String tenant, Optional<String> key)
      throws InterruptedException {
    Map<String, String> answers = new HashMap<>();
    for (Chaos.Operation needed : needed(operation)) {
      Errand errand = errand(needed, answers, tenant, key());
      answers.putAll(members(needed, made(needed, errand)));
    }
    return errand(operation, answers, tenant, operation.keyed() ? key : Optional.empty());
  }

  private Errand errand(
      Chaos.Operation operation, Map<String, String> answers, String tenant, Optional<String> key)
      throws InterruptedException {
    String unique = "s%s%d".formatted(Long.toString(random.nextLong(1L << 40), 36), next());
    Placeholders values = new Placeholders(unique, answers);
    if (operation.when().isPresent()) {
      awaitSense(operation, values.inSql(operation.when().get()));
    }
    return new Errand(
        new Post.Letter(
            operation.filled(values), operation.keyed() ? key : Optional.empty(), tenant),
        values.inText(operation.identity()));
  }

  private long next() {
    return number.incrementAndGet();
  }

  /// A UUID of version 7: the time in milliseconds, and chance.
  private Optional<String> key() {
    long millis = clock.millis();
    long high = (millis << 16) | 0x7000L | (random.nextLong() & 0xfffL);
    long low = 0x8000_0000_0000_0000L | (random.nextLong() >>> 2);
    return Optional.of(new UUID(high, low).toString());
  }

  /// The operations before it whose answers it takes, and theirs, in the order of the manifest.
  private List<Chaos.Operation> needed(Chaos.Operation operation) {
    List<String> names = new ArrayList<>(operation.needs());
    List<Chaos.Operation> needed = new ArrayList<>();
    for (Chaos.Operation one : theatre.manifest().chaos().operations().reversed()) {
      if (names.contains(one.name())) {
        needed.addFirst(one);
        names.addAll(one.needs());
      }
    }
    return needed;
  }

  private String made(Chaos.Operation operation, Errand errand) throws InterruptedException {
    Optional<Reply.Conclusive> answer =
        new Conversation(theatre.post(), errand.letter())
            .untilConclusive(theatre.bystander(), CONCLUSION);
    return answer
        .filter(Reply.Conclusive::acknowledges)
        .map(Reply.Conclusive::body)
        .orElseThrow(() ->
            new FormationException(
                ExitCode.INTERNAL,
                "chaos: the operation %s, which others need, does not succeed: %s"
                    .formatted(operation.name(), answer)));
  }

  /// Whatever of the answer anybody takes.
  private Map<String, String> members(Chaos.Operation operation, String body) {
    JsonNode answer = JsonMapper.shared().readTree(body);
    Map<String, String> members = new HashMap<>();
    theatre.manifest().chaos().operations().stream()
        .flatMap(one ->
            Stream.of(
                one.request().path(),
                one.request().body().orElse(""),
                one.identity(),
                one.when().orElse("")))
        .flatMap(text -> Placeholders.members(text, operation.name()).stream())
        .forEach(member ->
            members.put(
                operation.name() + "." + member,
                answer.at("/" + member.replace('.', '/')).asString("")));
    return members;
  }

  private void awaitSense(Chaos.Operation operation, String when) throws InterruptedException {
    for (Duration waited = Duration.ZERO;
        waited.compareTo(SENSIBLE) < 0;
        waited = waited.plus(POLL)) {
      try {
        if (theatre.desk().givesRows(when)) {
          return;
        }
      } catch (SQLException failure) {
        throw new FormationException(
            ExitCode.CONFIG,
            "chaos: `when` of %s cannot be asked: %s"
                .formatted(operation.name(), failure.getMessage()));
      }
      Thread.sleep(POLL);
    }
    throw new FormationException(
        ExitCode.INTERNAL,
        "chaos: what %s waits for does not come within %d s: %s"
            .formatted(operation.name(), SENSIBLE.toSeconds(), when));
  }

  /// Sends it to those who are not attacked until it is done.
  ///
  /// @throws FormationException when it is refused
  void done(Chaos.Operation operation, Errand errand) throws InterruptedException {
    made(operation, errand);
  }

  Conversation conversation(Errand errand) {
    return new Conversation(theatre.post(), errand.letter());
  }

  URI bystander() {
    return theatre.bystander();
  }
}
