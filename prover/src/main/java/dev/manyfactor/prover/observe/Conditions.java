package dev.manyfactor.prover.observe;

import java.util.ArrayList;
import java.util.List;

/// Says what holds the processes of a sandbox, and what does not.
record Conditions(Landlock landlock, Accounts accounts, Means means) {
  /// A sentence for each.
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add(user());
    sentences.add(files());
    sentences.add(connections());
    sentences.add(bounds());
    return sentences;
  }

  private String user() {
    Account account = accounts.model();
    if (account.isOwn()) {
      return "Each process runs as a user of its own"
          + (account.rights() == Account.Rights.READING
              ? ", which reads what root reads and writes nothing of others"
              : ", which reads only what all may read");
    }
    String caller =
        "Processes run as the calling user (%d)".formatted(account.user())
            + (account.user() == 0 && account.rights() != Account.Rights.UNCHANGED
                ? " without its privileges"
                : "");
    return caller + ": " + whyCaller(account);
  }

  private static String whyCaller(Account account) {
    return account.user() == 0
        ? "other users cannot be taken on and observed here"
        : "only root can give them users of their own";
  }

  private String files() {
    boolean isOwn = accounts.model().isOwn();
    if (landlock.holdsFiles()) {
      return "Landlock (version %d) lets them write to their scratch folder, /tmp and /dev/shm only; %s"
          .formatted(
              landlock.abi(),
              isOwn
                  ? "what they leave in the latter two is removed"
                  : "what they leave in the latter two stays, for it cannot be told from others'");
    }
    return "Landlock is %s; what else they write to is %s"
        .formatted(
            landlock.abi() == 0 ? "not available" : "too old (version 1)",
            isOwn ? "only what all users may write to" : "all that the calling user may write to");
  }

  private String bounds() {
    Account account = accounts.model();
    if (account.isOwn()) {
      return "Each process, with all it starts, has at most %d processes and threads, and 1 GiB in a file"
          .formatted(means.processes());
    }
    return "Files have at most 1 GiB; "
        + (account.user() == 0
            ? "the number of processes is not bounded"
            : "processes are bounded only together with the caller's own");
  }

  private String connections() {
    return landlock.holdsConnections()
        ? "Landlock lets them connect by TCP to the ports given to them only, on any host; UDP is free"
        : "Nothing keeps them from connecting to any port: that takes Landlock of Linux 6.7 or later";
  }
}
