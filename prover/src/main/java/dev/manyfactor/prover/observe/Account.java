package dev.manyfactor.prover.observe;

import java.util.ArrayList;
import java.util.List;

/// As whom a process runs.
///
/// @param user the number of the user
/// @param isOwn whether nothing else runs as that user
/// @param rights what it may do beside what its user may
record Account(long user, boolean isOwn, Rights rights) {
  /// What a process may do beside what its user may.
  enum Rights {
    /// What the calling user may: nothing is changed.
    UNCHANGED,
    /// Nothing.
    NONE,
    /// Read every file and folder, so that what only root may read is no obstacle.
    READING
  }

  /// The command that runs another as this account, and ends it together with its parent.
  List<String> prefix() {
    List<String> command = new ArrayList<>(List.of(Tools.path("setpriv"), "--nnp"));
    if (isOwn) {
      command.addAll(List.of("--reuid=" + user, "--regid=" + user, "--clear-groups"));
    }
    switch (rights) {
      case UNCHANGED -> {}
      case NONE -> command.addAll(List.of("--inh-caps=-all", "--bounding-set=-all"));
      case READING -> command.addAll(reading());
    }
    command.addAll(List.of("--pdeathsig", "KILL", "--"));
    return command;
  }

  /// Removes what the user has left where everyone may write; its processes have ended.
  void clearAway() {
    if (isOwn) {
      List<String> command = new ArrayList<>(List.of(Tools.path("find")));
      command.addAll(Landlock.TEMPORARY);
      command.addAll(List.of("-maxdepth", "1", "-user", String.valueOf(user)));
      command.addAll(List.of("-exec", "rm", "-rf", "--", "{}", "+"));
      Tools.run(command);
    }
  }

  private List<String> reading() {
    String only = "-all,+dac_read_search";
    return isOwn
        ? List.of("--inh-caps=" + only, "--ambient-caps=" + only, "--bounding-set=" + only)
        : List.of("--inh-caps=-all", "--bounding-set=" + only);
  }

  /// Kills every process of the user in one step of the kernel, so that none can fork away from it.
  void killAll() {
    if (!isOwn) {
      throw new IllegalStateException("user %d is not ours alone".formatted(user));
    }
    Tools.run(
        List.of(
            Tools.path("setpriv"),
            "--reuid=" + user,
            "--regid=" + user,
            "--clear-groups",
            "sh",
            "-c",
            "[ \"$(id -u)\" = \"$1\" ] && kill -s KILL -- -1", // as root that would be everything
            "sh",
            String.valueOf(user)));
  }
}
