package dev.manyfactor.service;

import java.util.List;

/// The arguments are wrong; the message says everything that is.
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(List<String> mistakes) {
    super(String.join("\n", mistakes));
  }

  static void throwIfAny(List<String> mistakes) {
    if (!mistakes.isEmpty()) {
      throw new UsageException(mistakes);
    }
  }
}
