package dev.manyfactor.formation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a manifest says for `mf chaos` alone: what is sent, where its effects are found, and what
/// must hold whatever breaks.
///
/// @param operations requests that change something; one may take values from the answers to those
///   before it
/// @param background what the service does without being asked: jobs and schedules
/// @param invariants what must hold in rest
/// @param rest a query that gives no row once all work is done; empty: nothing is waited for
/// @param tenants whether the service keeps the data and the keys of tenants apart
public record Chaos(
    List<Operation> operations,
    List<Background> background,
    List<Invariant> invariants,
    Optional<String> rest,
    boolean tenants) {
  /// A manifest that says nothing of it.
  public static final Chaos NOTHING =
      new Chaos(List.of(), List.of(), List.of(), Optional.empty(), true);

  /// Copies what could change.
  public Chaos {
    operations = List.copyOf(operations);
    background = List.copyOf(background);
    invariants = List.copyOf(invariants);
  }

  /// The variables of all that runs in the background.
  public Map<String, String> environment() {
    Map<String, String> all = new LinkedHashMap<>();
    background.forEach(one -> all.putAll(one.environment()));
    return all;
  }

  /// A request that changes something, once for each key.
  ///
  /// Its path, body, `identity` and `when` may hold `{unique}`, which stands for letters and digits
  /// that no other request has, and `{operation.member}`, which stands for a member of the answer
  /// to an operation before it: [Placeholders] fills them.
  ///
  /// @param name what the others call it
  /// @param request what is sent; `natural` where its content is its key, else it has one of its
  ///   own
  /// @param effects a query of the service's database with one row for each effect: its identity
  /// @param identity what tells the effect of one request from those of the others
  /// @param when a query that gives a row once the request makes sense; empty: at once
  public record Operation(
      String name,
      Manifest.Sample request,
      String effects,
      String identity,
      Optional<String> when) {

    /// Whether requests carry an `Idempotency-Key`.
    public boolean keyed() {
      return !request.idempotency().equals(Optional.of("natural"));
    }

    /// The operations whose answers it takes values from.
    public Set<String> needs() {
      return Placeholders.operations(
          request.path() + request.body().orElse("") + identity + when.orElse(""));
    }

    /// The same request with its placeholders filled.
    public Manifest.Sample filled(Placeholders values) {
      return new Manifest.Sample(
          request.method(),
          values.inPath(request.path()),
          request.scopes(),
          request.body().map(values::inJson),
          request.read(),
          request.idempotency());
    }
  }

  /// What the service does without being asked.
  ///
  /// @param name of a kind of job, or of a schedule
  /// @param process the process type that does it
  /// @param after the operation that causes it, whose identities its own effects have; empty for a
  ///   schedule
  /// @param environment variables that make it happen, for example a schedule of every second
  /// @param effects a query of the service's database with one row for each effect: its identity
  /// @param waiting a query with one row for each that has no effect yet and has not been
  ///   forgotten: queued, running or given up
  public record Background(
      String name,
      String process,
      Optional<String> after,
      Map<String, String> environment,
      String effects,
      Optional<String> waiting) {
    /// Copies the environment.
    public Background {
      environment = Map.copyOf(environment);
    }
  }

  /// What must hold.
  ///
  /// @param name what holds, in words
  /// @param query gives no row; or, where there is an other one, the same rows as that
  /// @param equal the other one
  public record Invariant(String name, Query query, Optional<Query> equal) {}

  /// A question to a database.
  ///
  /// @param service the dependency whose database it is; empty: the service's own
  public record Query(Optional<String> service, String sql) {}
}
