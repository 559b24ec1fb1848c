package dev.manyfactor.service;

import dev.manyfactor.context.Tenant;
import dev.manyfactor.jobs.JobFilter;
import dev.manyfactor.jobs.JobId;
import dev.manyfactor.jobs.JobState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/// Reads the arguments behind `jobs`. For one command line.
final class JobsArguments {
  private static final int MOST = 1_000;
  private static final int USUAL = 50;
  private static final Set<String> FLAGS = Set.of("json", "all");

  /// The options that each verb knows.
  private static final Map<String, Set<String>> OPTIONS =
      Map.of(
          "queues", Set.of("json"),
          "list", Set.of("kind", "tenant", "state", "limit", "json"),
          "show", Set.of("json"),
          "retry", Set.of("all", "kind", "tenant", "json"),
          "drop", Set.of("all", "kind", "tenant", "json"),
          "cancel", Set.of("all", "kind", "tenant", "state", "json"),
          "pause", Set.of("json"),
          "resume", Set.of("json"));

  private final String verb;
  private final Map<String, String> options = new TreeMap<>();
  private final List<String> words = new ArrayList<>();
  private final List<String> mistakes = new ArrayList<>();

  private JobsArguments(String verb) {
    this.verb = verb;
  }

  /// What is asked for, and whether the answer is for a machine.
  record Parsed(JobsRequest request, boolean json) {}

  /// Reads them.
  ///
  /// @throws UsageException with every mistake there is
  static Parsed parse(List<String> arguments) {
    if (arguments.stream().anyMatch(Set.of("--help", "-h", "help")::contains)) {
      return new Parsed(new JobsRequest.Help(), false);
    }
    boolean bare = arguments.isEmpty() || arguments.getFirst().startsWith("-");
    String verb = bare ? "queues" : arguments.getFirst();
    if (!OPTIONS.containsKey(verb)) {
      throw new UsageException(
          List.of(
              "jobs knows no %s, only %s; see jobs --help"
                  .formatted(verb, String.join(", ", new TreeSet<>(OPTIONS.keySet())))));
    }
    return new JobsArguments(verb).read(bare ? arguments : arguments.subList(1, arguments.size()));
  }

  private Parsed read(List<String> rest) {
    for (int i = 0; i < rest.size(); i++) {
      i += rest.get(i).startsWith("--") ? option(rest, i) : word(rest.get(i));
    }
    JobsRequest request = request();
    UsageException.throwIfAny(mistakes);
    return new Parsed(request, options.containsKey("json"));
  }

  private int word(String word) {
    words.add(word);
    return 0;
  }

  /// Takes an option.
  ///
  /// @return how many arguments it has taken beside its own
  private int option(List<String> rest, int place) {
    String argument = rest.get(place).substring(2);
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument : argument.substring(0, equals);
    Set<String> known = OPTIONS.getOrDefault(verb, Set.of());
    if (!known.contains(name)) {
      mistakes.add(
          "jobs %s has no option --%s, only --%s"
              .formatted(verb, name, String.join(", --", new TreeSet<>(known))));
      return 0;
    }
    boolean valueFollows = !FLAGS.contains(name) && equals < 0;
    if (valueFollows && place + 1 == rest.size()) {
      mistakes.add("--" + name + " needs a value, for example --" + name + " VALUE");
      return 0;
    }
    String value = valueFollows ? rest.get(place + 1) : argument.substring(equals + 1);
    if (options.put(name, value) != null) {
      mistakes.add("--" + name + " is given twice");
    }
    return valueFollows ? 1 : 0;
  }

  private JobsRequest request() {
    return switch (verb) {
      case "list" -> new JobsRequest.ListJobs(withoutWords(filter()), limit());
      case "show" -> new JobsRequest.Show(oneId());
      case "retry" -> new JobsRequest.Retry(choice());
      case "drop" -> new JobsRequest.Drop(choice());
      case "cancel" -> new JobsRequest.Cancel(choice());
      case "pause" -> new JobsRequest.Pause(kinds());
      case "resume" -> new JobsRequest.Resume(kinds());
      default -> withoutWords(new JobsRequest.Queues());
    };
  }

  private <T> T withoutWords(T request) {
    words.forEach(word -> mistakes.add("jobs " + verb + " does not know " + word));
    return request;
  }

  private JobId oneId() {
    if (words.size() != 1) {
      mistakes.add("jobs show needs the id of one job");
    }
    return ids().stream().findFirst().orElseGet(() -> new JobId(new UUID(0, 0)));
  }

  private JobsRequest.Choice choice() {
    boolean all = options.containsKey("all");
    boolean filtered = Set.of("kind", "tenant", "state").stream().anyMatch(options::containsKey);
    if (words.isEmpty() && !all) {
      mistakes.add(
          "jobs %s needs the ids of jobs, or --all for all of them%s"
              .formatted(verb, filtered ? " that the filter lets through" : ""));
    }
    if (!words.isEmpty() && (all || filtered)) {
      mistakes.add("jobs %s takes either ids or --all with a filter, not both".formatted(verb));
    }
    return all ? new JobsRequest.Choice.All(filter()) : new JobsRequest.Choice.Named(ids());
  }

  private List<JobId> ids() {
    return words.stream().map(this::id).flatMap(Optional::stream).distinct().toList();
  }

  private Optional<JobId> id(String word) {
    try {
      return Optional.of(new JobId(UUID.fromString(word)));
    } catch (IllegalArgumentException malformed) {
      mistakes.add("the id of a job is a UUID, but %s is none".formatted(word));
      return Optional.empty();
    }
  }

  private List<String> kinds() {
    if (words.isEmpty()) {
      mistakes.add("jobs %s needs the names of queues; jobs queues has them".formatted(verb));
    }
    return words.stream().distinct().toList();
  }

  private JobFilter filter() {
    Optional<String> kind = Optional.ofNullable(options.get("kind"));
    return new JobFilter(kind, tenant(), Set.of(states()));
  }

  private Optional<Tenant> tenant() {
    try {
      return Optional.ofNullable(options.get("tenant")).map(Tenant::new);
    } catch (IllegalArgumentException malformed) {
      mistakes.add("--tenant: " + malformed.getMessage());
      return Optional.empty();
    }
  }

  private JobState[] states() {
    Set<JobState> possible = EnumSet.allOf(JobState.class);
    if (verb.equals("cancel")) {
      possible.remove(JobState.DEAD);
    }
    if (!options.containsKey("state")) {
      return possible.toArray(JobState[]::new);
    }
    Set<String> wanted = new TreeSet<>(List.of(options.getOrDefault("state", "").split(",", -1)));
    JobState[] states =
        possible.stream().filter(state -> wanted.contains(state.word())).toArray(JobState[]::new);
    if (states.length < wanted.size()) {
      mistakes.add(
          "--state must be some of %s, separated by commas, but is \"%s\""
              .formatted(
                  possible.stream().map(JobState::word).collect(Collectors.joining(", ")),
                  options.get("state")));
      return JobState.values();
    }
    return states;
  }

  private int limit() {
    String given = options.getOrDefault("limit", String.valueOf(USUAL));
    if (!given.matches("[1-9][0-9]{0,3}") || Integer.parseInt(given) > MOST) {
      mistakes.add("--limit must be 1 to %d, but is \"%s\"".formatted(MOST, given));
      return USUAL;
    }
    return Integer.parseInt(given);
  }
}
