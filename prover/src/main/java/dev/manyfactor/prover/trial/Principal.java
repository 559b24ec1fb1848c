package dev.manyfactor.prover.trial;

/// Who a request is sent as, where its operation asks for a token.
///
/// @param subject the claim `sub`
/// @param tenant the claim `tenant`
public record Principal(String subject, String tenant) {
  /// Whom samples are sent as.
  public static final Principal USUAL = new Principal("prover", "acme");

  @Override
  public String toString() {
    return "\"%s\" of \"%s\"".formatted(subject, tenant);
  }
}
