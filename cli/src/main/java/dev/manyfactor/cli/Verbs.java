package dev.manyfactor.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/// Makes the verbs: those that write get the terminal through their constructor.
///
/// @param terminal where they write
record Verbs(Terminal terminal) implements IFactory {

  @Override
  public <K> K create(Class<K> type) throws Exception {
    try {
      return type.getDeclaredConstructor(Terminal.class).newInstance(terminal);
    } catch (NoSuchMethodException plain) {
      return CommandLine.defaultFactory().create(type);
    }
  }
}
