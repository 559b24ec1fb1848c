package dev.manyfactor.formation;

/// A token request that is not granted, in the words of RFC 6749 §5.2.
final class TokenRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;

  TokenRefused(int status, String error, String description) {
    super(description);
    this.status = status;
    this.error = error;
  }

  int status() {
    return status;
  }

  String error() {
    return error;
  }

  String description() {
    return String.valueOf(getMessage());
  }
}
