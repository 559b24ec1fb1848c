package dev.manyfactor.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.manyfactor.context.Context;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/// Verifies access tokens (JWT, RFC 9068) against the cached keys of one [Issuer].
///
/// Starts without the issuer: until its keys have been fetched once, nobody is let in and the
/// verifier is not ready; once fetched they are kept when the issuer is down. A token signed with a
/// key that is not known yet waits for one fetch, at most two seconds and at most until the
/// request's deadline. Safe on many threads.
public final class TokenVerifier implements Authenticator, AutoCloseable {
  /// The longest token that is looked at, in characters.
  public static final int MAX_TOKEN = 8 << 10;

  private static final Duration MOST_PATIENCE = Duration.ofSeconds(2);
  private static final String SCHEME = "Bearer ";
  private static final String MALFORMED = "the token is malformed";
  private static final Pattern THREE_PARTS =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private final InstantSource clock;
  private final SigningKeys keys;
  private final SignatureCheck signatures;
  private final ClaimsCheck claims;
  private final VerifiedTokens verified = new VerifiedTokens();

  private TokenVerifier(Issuer issuer) {
    this.clock = issuer.timeAndChance().clock();
    this.signatures = new SignatureCheck(issuer.settings().algorithms());
    this.claims = new ClaimsCheck(issuer.settings());
    this.keys = SigningKeys.start(issuer);
  }

  /// Begins to fetch keys in the background.
  ///
  /// @param issuer already open
  public static TokenVerifier start(Issuer issuer) {
    return new TokenVerifier(issuer);
  }

  @Override
  public Verification verify(String authorization) {
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return new Verification.Absent();
    }
    String token = authorization.substring(SCHEME.length()).strip();
    if (token.length() > MAX_TOKEN) {
      return malformed("it is longer than " + MAX_TOKEN + " characters");
    }
    return keys.current()
        .map(known -> verify(token, known))
        .orElseGet(() -> new Verification.Unavailable(missingKeys()));
  }

  private Verification verify(String token, KeySet known) {
    VerifiedTokens.Fingerprint fingerprint = verified.fingerprint(token);
    Optional<Verification.Accepted> before =
        verified.find(fingerprint, known.generation(), clock.instant());
    if (before.isPresent()) {
      return before.get();
    }
    return parsed(token)
        .map(parsed -> verify(new Candidate(fingerprint, parsed), known))
        .orElseGet(() -> malformed("its three parts cannot be read as a signed JWT"));
  }

  private static Optional<SignedJWT> parsed(String token) {
    if (!THREE_PARTS.matcher(token).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(SignedJWT.parse(token));
    } catch (ParseException | RuntimeException unreadable) {
      return Optional
          .empty(); // anybody can send anything: whatever the parser says, it is no token
    }
  }

  /// A token that has not been seen before, or not with these keys.
  private record Candidate(VerifiedTokens.Fingerprint fingerprint, SignedJWT token) {}

  private Verification verify(Candidate candidate, KeySet known) {
    SignatureCheck.Result result = signatures.check(candidate.token(), known);
    if (result instanceof SignatureCheck.Result.NoSuchKey) {
      KeySet newer = keys.newerThan(known, patience()).orElse(known);
      return conclude(candidate, newer, signatures.check(candidate.token(), newer));
    }
    return conclude(candidate, known, result);
  }

  private Verification conclude(Candidate candidate, KeySet used, SignatureCheck.Result result) {
    return switch (result) {
      case SignatureCheck.Result.Genuine() -> remembered(candidate, used);
      case SignatureCheck.Result.NoSuchKey(String detail) -> invalid(detail);
      case SignatureCheck.Result.Bad(String detail) -> invalid(detail);
    };
  }

  private Verification remembered(Candidate candidate, KeySet used) {
    JWTClaimsSet content;
    try {
      content = candidate.token().getJWTClaimsSet();
    } catch (ParseException unreadable) {
      return malformed("its claims cannot be read");
    }
    Verification result = claims.check(content, clock.instant());
    if (result instanceof Verification.Accepted accepted) {
      verified.keep(candidate.fingerprint(), used.generation(), accepted);
    }
    return result;
  }

  /// How long a request may wait for a key that is not known yet.
  private static Duration patience() {
    return Context.current()
        .map(context -> context.deadline().atMost(MOST_PATIENCE))
        .orElse(MOST_PATIENCE);
  }

  private static Verification malformed(String detail) {
    return new Verification.Rejected(MALFORMED, detail);
  }

  private static Verification invalid(String detail) {
    return new Verification.Rejected(ClaimsCheck.INVALID, detail);
  }

  /// Whether there are keys to verify with.
  public boolean isReady() {
    return keys.current().isPresent();
  }

  /// What is missing and what to do about it; empty once ready.
  public Optional<String> whyNotReady() {
    return isReady() ? Optional.empty() : Optional.of(missingKeys());
  }

  private String missingKeys() {
    return "the issuer's keys are not known yet: " + keys.lastFailure();
  }

  /// Stops fetching.
  @Override
  public void close() {
    keys.close();
  }
}
