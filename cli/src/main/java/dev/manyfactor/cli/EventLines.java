package dev.manyfactor.cli;

import dev.manyfactor.formation.Event;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.FormationState.ProcessState;
import dev.manyfactor.formation.FormationState.ServiceState;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What happens in a formation, for machines: one JSON object for each event, each on a line of its
/// own, with its `type` and `time` first. The guide "Running locally" lists the other members.
///
/// Safe on many threads.
///
/// @param terminal where the lines go
/// @param clock tells the time of an event
record EventLines(Terminal terminal, InstantSource clock) implements Consumer<Event> {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final double MILLIS = 1000.0;

  @Override
  public void accept(Event event) {
    switch (event) {
      case Event.Building(var service, var command, var log) ->
          write(
              "building",
              line ->
                  line.put("service", service).put("command", command).put("log", log.toString()));
      case Event.BuildOutput(var service, var elapsed, var text) ->
          write(
              "build_output",
              line -> elapsed(line.put("service", service), elapsed).put("line", text));
      case Event.Built(var service, var elapsed) ->
          write("built", line -> elapsed(line.put("service", service), elapsed));
      case Event.Provided(var what, var detail) ->
          write("provided", line -> line.put("what", what).put("detail", detail));
      case Event.Noted(var service, var note) ->
          write("noted", line -> line.put("service", service).put("note", note));
      case Event.Releasing(var service, var task) ->
          write("releasing", line -> line.put("service", service).put("task", task));
      case Event.Released(var service, var task, var elapsed) ->
          write(
              "released", line -> elapsed(line.put("service", service).put("task", task), elapsed));
      case Event.Routing(var processes, var address, var instances) ->
          write(
              "routing",
              line ->
                  line.put("processes", processes)
                      .put("address", address.toString())
                      .put("instances", instances));
      case Event.Started(var process) -> write("started", line -> line.put("process", process));
      case Event.Awaiting(var process, var elapsed, var reason) ->
          write(
              "awaiting",
              line -> elapsed(line.put("process", process), elapsed).put("reason", reason));
      case Event.BecameReady(var process, var elapsed) ->
          write("ready", line -> elapsed(line.put("process", process), elapsed));
      case Event.BecameUnready(var process, var reason) ->
          write("unready", line -> line.put("process", process).put("reason", reason));
      case Event.ReadyAgain(var process) ->
          write("ready_again", line -> line.put("process", process));
      case Event.Ended(var process, var exitCode, var startsIn, var attempt) ->
          write(
              "ended",
              line ->
                  line.put("process", process)
                      .put("exit_code", exitCode)
                      .put("starts_in_seconds", seconds(startsIn))
                      .put("attempt", attempt));
      case Event.Logged(var process, var text) ->
          write("log", line -> logged(line.put("process", process), text));
      case Event.Running running -> write("running", line -> running(line, running));
      case Event.Stopping() -> write("stopping", line -> line);
      case Event.Stopped(var what, var byItself) ->
          write("stopped", line -> line.put("what", what).put("by_itself", byItself));
    }
  }

  /// The last line of a formation that failed.
  void failed(FormationException failure) {
    write(
        "failed",
        line -> {
          line.put("exit_code", failure.exitCode()).put("message", failure.getMessage());
          ArrayNode evidence = line.putArray("evidence");
          failure.evidence().forEach(evidence::add);
          return line;
        });
  }

  private void write(String type, UnaryOperator<ObjectNode> members) {
    ObjectNode line =
        JSON.createObjectNode().put("type", type).put("time", clock.instant().toString());
    String text = JSON.writeValueAsString(members.apply(line));
    synchronized (terminal) {
      terminal.out().println(text);
      terminal.out().flush();
    }
  }

  private static ObjectNode elapsed(ObjectNode line, Duration elapsed) {
    return line.put("elapsed_seconds", seconds(elapsed));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS;
  }

  /// A line that is a JSON object as `entry`, every other one as `line`.
  private static ObjectNode logged(ObjectNode line, String text) {
    if (text.startsWith("{")) {
      try {
        JsonNode entry = JSON.readTree(text);
        return line.set("entry", entry);
      } catch (JacksonException notJson) {
        return line.put("line", text);
      }
    }
    return line.put("line", text);
  }

  private static ObjectNode running(ObjectNode line, Event.Running running) {
    elapsed(line.put("service", running.manifest().name()), running.elapsed());
    ArrayNode services = line.putArray("services");
    running.state().services().forEach(service -> service(services.addObject(), service));
    return line;
  }

  /// Without the environment, which holds secrets.
  private static void service(ObjectNode node, ServiceState service) {
    address(node.put("name", service.name()), "address", service.address());
    ArrayNode processes = node.putArray("processes");
    for (ProcessState process : service.processes()) {
      ObjectNode one = processes.addObject();
      one.put("name", process.name()).put("pid", process.process().pid());
      address(one, "address", process.address());
      address(one, "management", process.management());
    }
  }

  private static void address(ObjectNode node, String name, Optional<URI> address) {
    address.ifPresent(uri -> node.put(name, uri.toString()));
  }
}
