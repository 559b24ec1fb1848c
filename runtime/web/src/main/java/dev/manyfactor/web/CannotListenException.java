package dev.manyfactor.web;

/// A server could not open its port; the message names the port, the setting and the remedy.
public final class CannotListenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CannotListenException(Address address, Throwable cause) {
    super(message(address, cause), cause);
  }

  private static String message(Address address, Throwable cause) {
    String reason = String.valueOf(rootOf(cause).getMessage());
    if (reason.contains("Address already in use")) {
      return "%s: %s is in use by another process; set %s to a free port or stop that process"
          .formatted(address.variable(), address, address.variable());
    }
    if (reason.contains("Permission denied")) {
      return "%s: this user may not open %s; set %s to a port from 1024 on"
          .formatted(address.variable(), address, address.variable());
    }
    return "%s: cannot listen on %s (%s); set HOST to an address of this machine or leave it unset"
        .formatted(address.variable(), address, reason);
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : rootOf(cause);
  }
}
