package dev.manyfactor.prover.observe;

import com.sun.security.auth.module.UnixSystem;
import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.prover.observe.Account.Rights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Finds out as whom processes can run here, and gives each scratch folder its account.
///
/// @param model the account that works here; where it is one of its own, others differ by the
///   number
record Accounts(Account model) {
  /// Numbers that neither people, services nor containers are given by custom.
  private static final Range WIDE = new Range(1_879_048_192L, 2_147_352_575L);

  /// Numbers of short-lived services, for where no more exist: a container with its own users.
  private static final Range NARROW = new Range(61_184, 65_519);

  private static final SecureRandom RANDOM = new SecureRandom();

  /// Numbers of users.
  private record Range(long first, long last) {
    long any() {
      return RANDOM.nextLong(first, last + 1);
    }
  }

  /// The first account that works, the most confined first.
  ///
  /// @param works whether a process runs as it, and we can see and end it
  static Accounts find(Means means, Predicate<Account> works) {
    return candidates(means, new UnixSystem().getUid()).stream()
        .filter(works)
        .findFirst()
        .map(Accounts::new)
        .orElseThrow(() ->
            new FormationException(
                ExitCode.UNAVAILABLE,
                "processes cannot be started and observed here: neither setpriv nor prlimit does what"
                    + " it is asked; run mf prove where /proc can be read and limits can be set"));
  }

  /// An account for one more scratch folder.
  Account next() {
    return model.isOwn() ? new Account(range().any(), true, model.rights()) : model;
  }

  /// Whether there is nothing that the caller can read and a process can not.
  boolean readsAll() {
    return model.rights() == Rights.READING || !model.isOwn();
  }

  /// The caller as a process, without the rights of root.
  static Account caller() {
    long user = new UnixSystem().getUid();
    return new Account(user, false, user == 0 ? Rights.NONE : Rights.UNCHANGED);
  }

  private static List<Account> candidates(Means means, long user) {
    List<Account> candidates = new ArrayList<>();
    if (user != 0) {
      return List.of(new Account(user, false, Rights.UNCHANGED));
    }
    if (means.ownUsers()) {
      candidates.add(new Account(range().any(), true, Rights.READING));
      candidates.add(new Account(range().any(), true, Rights.NONE));
    }
    candidates.add(new Account(0, false, Rights.READING));
    candidates.add(new Account(0, false, Rights.NONE));
    candidates.add(new Account(0, false, Rights.UNCHANGED));
    return candidates;
  }

  private static Range range() {
    try {
      return Files.readAllLines(Path.of("/proc/self/uid_map")).stream()
              .map(line -> line.strip().split("\\s+", -1))
              .anyMatch(row ->
                  Long.parseLong(row[0]) <= WIDE.first()
                      && Long.parseLong(row[0]) + Long.parseLong(row[2]) > WIDE.last())
          ? WIDE
          : NARROW;
    } catch (IOException unreadable) {
      return NARROW;
    }
  }
}
