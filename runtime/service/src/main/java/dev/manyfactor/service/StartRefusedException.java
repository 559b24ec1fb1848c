package dev.manyfactor.service;

import java.util.List;

/// The process must not run as it is configured; waiting would not help.
public final class StartRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartRefusedException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
