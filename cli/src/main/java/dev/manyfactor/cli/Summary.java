package dev.manyfactor.cli;

import dev.manyfactor.formation.Event;
import dev.manyfactor.formation.FormationState;
import dev.manyfactor.formation.FormationState.ProcessState;
import dev.manyfactor.formation.FormationState.ServiceState;
import dev.manyfactor.formation.Manifest;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is printed once everything is ready: what runs where, and what to try next.
///
/// @param terminal for the colours
/// @param command how mf was called, for example `./mf`
/// @param here the current folder, so that folders can be given as a person would
record Summary(Terminal terminal, String command, Path here) {

  String of(Event.Running running, List<Event.Provided> provided) {
    StringBuilder text = new StringBuilder("\n");
    text.append(
        terminal.coloured(
            Colour.GREEN,
            "%s is running, ready after %s"
                .formatted(running.manifest().name(), Screen.seconds(running.elapsed()))));
    text.append("\n\n");
    table(running.state(), provided).forEach(line -> text.append("  ").append(line).append('\n'));
    List<String> next = next(running);
    if (!next.isEmpty()) {
      text.append('\n').append("  ").append(terminal.coloured(Colour.BOLD, "next")).append('\n');
      next.forEach(line -> text.append("    ").append(line).append('\n'));
    }
    return text.append("\n  Ctrl-C stops everything\n").toString();
  }

  private List<String> table(FormationState state, List<Event.Provided> provided) {
    List<Row> rows = new ArrayList<>();
    for (ServiceState service : state.services().reversed()) {
      router(service)
          .map(address ->
              new Row(service.name() + " router", state.supervisor().pid(), shown(address), "-"))
          .ifPresent(rows::add);
      service.processes().stream().map(Summary::row).forEach(rows::add);
    }
    int width =
        Stream.concat(rows.stream().map(Row::name), provided.stream().map(Event.Provided::what))
            .mapToInt(String::length)
            .max()
            .orElse(0);
    String form = "%-" + width + "s  %8s  %-24s  %s";
    List<String> lines = new ArrayList<>();
    lines.add(
        terminal.coloured(
            Colour.BOLD, form.formatted("process", "pid", "address", "probes and metrics")));
    for (Row row : rows) {
      lines.add(form.formatted(row.name(), row.pid(), row.address(), row.management()));
    }
    for (Event.Provided thing : provided) {
      lines.add(("%-" + width + "s  %8s  %s").formatted(thing.what(), "", thing.detail()));
    }
    return lines;
  }

  private record Row(String name, long pid, String address, String management) {}

  private static Row row(ProcessState process) {
    return new Row(
        process.name(),
        process.process().pid(),
        process.address().map(Summary::shown).orElse("-"),
        process.management().map(Summary::shown).orElse("-"));
  }

  /// Where a service is called, if that is none of its processes.
  private static Optional<URI> router(ServiceState service) {
    return service
        .address()
        .filter(address ->
            service.processes().stream()
                .noneMatch(process -> process.address().equals(Optional.of(address))));
  }

  private List<String> next(Event.Running running) {
    Manifest manifest = running.manifest();
    FormationState state = running.state();
    List<String> lines = new ArrayList<>();
    Set<String> scopes =
        manifest.samples().stream()
            .map(Manifest.Sample::scopes)
            .flatMap(Collection::stream)
            .collect(Collectors.toCollection(TreeSet::new));
    boolean checked = state.issuer().isPresent();
    if (checked) {
      lines.add(
          "TOKEN=$(%s token --tenant acme --scope \"%s\")"
              .formatted(command, String.join(" ", scopes)));
    }
    state
        .main()
        .address()
        .ifPresent(address ->
            samples(manifest).stream()
                .map(sample -> curl(sample.filled(unique()), address, checked))
                .forEach(lines::add));
    manifest.programs().tasks().keySet().stream()
        .filter(task -> !manifest.programs().release().equals(Optional.of(task)))
        .map(task ->
            "%s run %s %s %s"
                .formatted(
                    command,
                    folder(manifest.directory()),
                    task,
                    manifest.programs().examples().getOrDefault(task, ""))
                .strip())
        .forEach(lines::add);
    return lines;
  }

  /// A service that shows none can be asked for something all the same.
  private static List<Manifest.Sample> samples(Manifest manifest) {
    return manifest.samples().isEmpty()
        ? List.of(
            new Manifest.Sample(
                "GET", "/", Set.of(), Optional.empty(), Optional.empty(), Optional.empty()))
        : manifest.samples();
  }

  private static String curl(Manifest.Sample sample, URI address, boolean checked) {
    StringBuilder line = new StringBuilder("curl -i");
    if (!sample.method().equals("GET")) {
      line.append(" -X ").append(sample.method());
    }
    line.append(" '").append(shown(address)).append(sample.path()).append('\'');
    if (checked) {
      line.append(" -H \"Authorization: Bearer $TOKEN\"");
    }
    if (sample.method().equals("POST") || sample.method().equals("PATCH")) {
      line.append(" -H 'Idempotency-Key: \"").append(UUID.randomUUID()).append("\"'");
    }
    sample
        .body()
        .ifPresent(body ->
            line.append(" -H 'Content-Type: application/json' -d '")
                .append(body.replace("'", "'\\''"))
                .append('\''));
    return line.toString();
  }

  /// Twelve letters and digits that no other request has.
  private static String unique() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 12);
  }

  /// As a person would give it: relative if that is shorter.
  private String folder(Path directory) {
    String relative = here.relativize(directory).toString();
    String whole = directory.toString();
    return relative.isEmpty() ? "." : relative.length() < whole.length() ? relative : whole;
  }

  static String shown(URI address) {
    return address.toString().replace("127.0.0.1", "localhost");
  }
}
