package dev.manyfactor.web;

import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens to a request whose files cannot be kept.
final class Spooling {
  private static final Logger LOG = LoggerFactory.getLogger(Spooling.class);

  private Spooling() {}

  /// Something that fills scratch.
  interface Filling<T> {
    T fill(Scratch scratch);
  }

  /// Fills a new scratch, which is closed again if that fails.
  ///
  /// @throws Refused as the filling does, and with 503 if scratch takes no more
  static <T> T into(Filling<T> filling) {
    var scratch = new Scratch();
    boolean isFilled = false;
    try {
      T filled = filling.fill(scratch);
      isFilled = true;
      return filled;
    } catch (UncheckedIOException full) {
      LOG.error("no upload can be kept in the folder for temporary files", full);
      throw BodySource.closing(
          Fault.UNAVAILABLE.refused("the service cannot take files at the moment").retrySoon());
    } finally {
      if (!isFilled) {
        scratch.close();
      }
    }
  }
}
