package dev.manyfactor.prover.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Files beside these classes.
final class Resources {
  private Resources() {}

  static String text(String name) {
    try (InputStream file = Objects.requireNonNull(Resources.class.getResourceAsStream(name))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(name + " cannot be read from the program", unreadable);
    }
  }
}
