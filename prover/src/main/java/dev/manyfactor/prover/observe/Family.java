package dev.manyfactor.prover.observe;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All processes that come from one start, wherever they have gone.
///
/// They are known by the user that is theirs alone, where they have one; by the mark that each
/// inherits; by the session, and by descent. Safe on many threads.
final class Family {
  private static final int MOST_ROUNDS = 50;

  private final int leader;
  private final long mark;
  private final Account account;
  private final BooleanSupplier isAlone;
  private boolean leaderHasGone;

  /// Knows a family.
  ///
  /// @param leader the process that was started
  /// @param isAlone whether nothing else runs as the account
  Family(int leader, long mark, Account account, BooleanSupplier isAlone) {
    this.leader = leader;
    this.mark = mark;
    this.account = account;
    this.isAlone = isAlone;
  }

  int leader() {
    return leader;
  }

  /// Asks for something of the leader, unless its number may belong to another process by now.
  synchronized <T> Optional<T> ifLeaderRemains(Supplier<T> question) {
    return leaderHasGone ? Optional.empty() : Optional.of(question.get());
  }

  /// Takes the exit code of the leader, which has ended, and with it the number.
  synchronized OptionalInt reapLeader() {
    leaderHasGone = true;
    return Linux.reap(leader);
  }

  /// Those that live.
  List<ProcessTable.Row> living() {
    List<ProcessTable.Row> all = ProcessTable.living();
    boolean known = ifLeaderRemains(() -> true).orElse(false);
    Set<Long> members = pids(all.stream().filter(row -> isMember(row, known)));
    boolean grown = true;
    while (grown) {
      grown = members.addAll(pids(all.stream().filter(row -> members.contains(row.parent()))));
    }
    return all.stream().filter(row -> members.contains(row.pid())).toList();
  }

  /// SIGKILL to all of them: what is being forked meanwhile must not escape.
  void kill() {
    if (isOwn()) {
      account.killAll();
    }
    Set<Long> stopped = new HashSet<>();
    int before = -1;
    for (int round = 0; stopped.size() > before && round < MOST_ROUNDS; round++) {
      before = stopped.size();
      for (ProcessTable.Row row : living()) {
        if (stopped.add(row.pid())) {
          Linux.signal(row.pid(), Linux.STOP); // what stands still forks no more
        }
      }
    }
    stopped.forEach(pid -> Linux.signal(pid, Linux.KILL));
  }

  /// Removes what they have left in /tmp; when none of them lives.
  void clearAway() {
    if (isOwn()) {
      account.clearAway();
    }
  }

  private boolean isMember(ProcessTable.Row row, boolean leaderKnown) {
    return row.mark() == mark
        || (leaderKnown && (row.pid() == leader || row.session() == leader))
        || (isOwn() && row.user() == account.user());
  }

  private static Set<Long> pids(Stream<ProcessTable.Row> rows) {
    return rows.map(ProcessTable.Row::pid).collect(Collectors.toCollection(HashSet::new));
  }

  private boolean isOwn() {
    return account.isOwn() && isAlone.getAsBoolean();
  }
}
