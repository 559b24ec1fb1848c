package dev.manyfactor.cli;

import dev.manyfactor.formation.Surroundings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Where the command writes, and whether a person is looking.
///
/// @param out gets what was asked for
/// @param err gets errors
/// @param attended whether `out` is a terminal
/// @param colourful whether colour is wanted
record Terminal(PrintStream out, PrintStream err, boolean attended, boolean colourful) {

  /// That of this process. The launcher knows best whether it has a terminal and says so in
  /// `mf.terminal`.
  static Terminal ofProcess() {
    boolean attended = Boolean.getBoolean("mf.terminal");
    return new Terminal(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        attended,
        attended && wantsColour(Surroundings.ofProcess().environment()));
  }

  static boolean wantsColour(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /// `text` in a colour, or as it is.
  String coloured(Colour colour, String text) {
    return colourful ? "\u001b[" + colour.code() + "m" + text + "\u001b[0m" : text;
  }

  /// Something is wrong: what, and what to do about it.
  void error(String message) {
    out.flush();
    err.println(coloured(Colour.RED, "mf: ") + message);
    err.flush();
  }

  /// Something worth knowing, beside what was asked for.
  void note(String message) {
    out.flush();
    err.println("mf: " + message);
    err.flush();
  }

  PrintWriter outWriter() {
    return new PrintWriter(out, true, StandardCharsets.UTF_8);
  }

  PrintWriter errWriter() {
    return new PrintWriter(err, true, StandardCharsets.UTF_8);
  }
}
