package dev.manyfactor.factors;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// One of the 23 factors of a modern service; the first twelve are those of the Twelve-Factor App.
///
/// What it is called and what it requires stands in its file, for example
/// `09-disposability.properties`.
public enum Factor {
  /// One codebase, many deploys.
  CODEBASE(1),
  /// Everything that is needed is declared.
  DEPENDENCIES(2),
  /// What differs between deploys stands in the environment.
  CONFIG(3),
  /// Databases and other services are attached by their address.
  BACKING_SERVICES(4),
  /// An artifact is built once, and only then run.
  BUILD_RELEASE_RUN(5),
  /// A process keeps nothing that is needed later.
  PROCESSES(6),
  /// The service listens by itself, where it is told to.
  PORT_BINDING(7),
  /// More work is done by more processes.
  CONCURRENCY(8),
  /// Quick to start, graceful to stop, safe to kill.
  DISPOSABILITY(9),
  /// Development runs what production runs.
  DEV_PROD_PARITY(10),
  /// Events on the standard output.
  LOGS(11),
  /// Tasks run from the same artifact.
  ADMIN_PROCESSES(12),
  /// The contract is the interface.
  API_FIRST(13),
  /// Metrics, traces and health of every request.
  TELEMETRY(14),
  /// Who may do what.
  AUTHENTICATION_AND_AUTHORIZATION(15),
  /// A language model is attached like any other service.
  LLMS_AS_BACKING_SERVICES(16),
  /// A failure elsewhere stays bounded.
  RESILIENCE(17),
  /// A request that is sent again has one effect.
  IDEMPOTENCY(18),
  /// What an artifact is made of, and who made it.
  SUPPLY_CHAIN(19),
  /// Releases are introduced step by step, and taken back.
  PROGRESSIVE_DELIVERY(20),
  /// What a service uses is bounded and told.
  COST(21),
  /// Tables and contracts change without a stop.
  SCHEMA_AND_CONTRACT_EVOLUTION(22),
  /// Programs may change the code, held by its tests.
  AI_ASSISTED_DEVELOPMENT(23);

  private static final List<Factor> ORDER_OF_MENDING = orderOfMending();

  private final int number;

  Factor(int number) {
    this.number = number;
  }

  /// The factor of that number, if there is one.
  public static Optional<Factor> of(int number) {
    return Arrays.stream(values()).filter(factor -> factor.number == number).findFirst();
  }

  /// Orders factors by which to mend first: those that others stand on.
  public static Comparator<Factor> mendFirst() {
    return Comparator.comparingInt(ORDER_OF_MENDING::indexOf);
  }

  /// 1 to 23.
  public int number() {
    return number;
  }

  /// What it is called on a screen, in lower case: `dev/prod parity`.
  public String title() {
    return Catalogue.chapter(this).title();
  }

  /// What it asks of a service, in one sentence.
  public String description() {
    return Catalogue.chapter(this).description();
  }

  /// Its requirements, in the order of their ids.
  public List<Requirement> requirements() {
    return Catalogue.chapter(this).requirements();
  }

  /// Where the documentation tells of it, from the root of the repository.
  public String page() {
    return "docs/factors/" + fileName() + ".md";
  }

  /// What its files are called, without the ending: `10-dev-prod-parity`.
  String fileName() {
    return "%02d-%s".formatted(number, name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /// The first twelve, what limits damage, what makes a change safe, the rest.
  private static List<Factor> orderOfMending() {
    Stream<Factor> firstTwelve = Arrays.stream(values()).filter(factor -> factor.number <= 12);
    Stream<Factor> next =
        Stream.of(
            TELEMETRY,
            RESILIENCE,
            SUPPLY_CHAIN,
            AI_ASSISTED_DEVELOPMENT,
            IDEMPOTENCY,
            PROGRESSIVE_DELIVERY);
    return Stream.of(firstTwelve, next, Arrays.stream(values()))
        .flatMap(factors -> factors)
        .distinct()
        .toList();
  }
}
