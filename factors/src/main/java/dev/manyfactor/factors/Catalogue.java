package dev.manyfactor.factors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// The files of all factors, read once; whoever asks first finds out when one is malformed.
final class Catalogue {
  private static final Map<Factor, Chapter> CHAPTERS = read();

  private Catalogue() {}

  static Chapter chapter(Factor factor) {
    return Objects.requireNonNull(CHAPTERS.get(factor));
  }

  private static Map<Factor, Chapter> read() {
    Map<Factor, Chapter> chapters = new EnumMap<>(Factor.class);
    for (Factor factor : Factor.values()) {
      chapters.put(factor, read(factor));
    }
    return Collections.unmodifiableMap(chapters);
  }

  private static Chapter read(Factor factor) {
    String name = factor.fileName() + ".properties";
    try (InputStream file = Catalogue.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is missing; every factor has a file beside it");
      }
      return new ChapterReader(factor, Entries.of(name, file.readAllBytes())).read();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(name + " cannot be read", unreadable);
    }
  }
}
