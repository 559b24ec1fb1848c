package dev.manyfactor.service;

import java.util.LinkedHashMap;
import java.util.Map;

/// The list of everything an artifact can do.
final class Usage {
  /// The commands that every artifact has, with what they do.
  static final Map<String, String> COMMANDS = commands();

  private Usage() {}

  static String of(Composition composition) {
    var text = new StringBuilder();
    text.append("usage: java -jar ").append(composition.name()).append(".jar COMMAND\n");
    text.append("\nprocesses, each running until it is told to stop\n");
    for (ProcessType type : composition.processTypes()) {
      line(text, type.word(), type.summary());
    }
    if (!composition.tasks().isEmpty()) {
      text.append("\ntasks, each running to its end, for the tenant that --tenant names\n");
      composition.tasks().forEach((name, task) -> line(text, name, task.summary()));
    }
    text.append("\ncommands\n");
    COMMANDS.forEach((name, summary) -> line(text, name, summary));
    text.append("\nexamples\n");
    text.append("  java -jar ").append(composition.name()).append(".jar config --schema\n");
    text.append("  DATABASE_URL=postgres://… java -jar ").append(composition.name());
    text.append(".jar web\n");
    return text.toString();
  }

  private static void line(StringBuilder text, String word, String summary) {
    text.append("  %-20s %s".formatted(word, summary).stripTrailing()).append('\n');
  }

  private static Map<String, String> commands() {
    var commands = new LinkedHashMap<String, String>();
    commands.put("migrate", "brings the schema up to this release; --status says where it is");
    commands.put("config", "prints the settings that hold; --schema prints all there are");
    commands.put("openapi", "prints the contract");
    commands.put("info", "prints what the service is made of; --json for machines");
    commands.put("jobs", "shows queues and jobs, and retries, cancels or holds them; see --help");
    commands.put("rehearse", "starts and stops without what it depends on, to train a JVM");
    return commands;
  }
}
