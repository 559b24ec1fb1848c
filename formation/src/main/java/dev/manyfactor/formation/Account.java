package dev.manyfactor.formation;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// As whom PostgreSQL runs: it refuses to run as root and demands to own its data.
///
/// @param prefix what is put before its command
/// @param owner the user id that its files must have
record Account(List<String> prefix, long owner) {
  private static final int NOBODY = 65534;

  /// An ordinary user as it is. Root in a user namespace of its own (`unshare -U`), where it is
  /// nobody in particular; where that is refused (containers often do), as the user 65534 that may
  /// still enter root's folders.
  static Account forPostgres() {
    long user = new UnixSystem().getUid();
    if (user != 0) {
      return new Account(List.of(), user);
    }
    return Stream.of(namespaced(), lowered())
        .filter(Account::works)
        .findFirst()
        .orElseThrow(() ->
            new FormationException(
                ExitCode.UNAVAILABLE,
                "PostgreSQL does not run as root, and here neither `unshare -U` nor `setpriv --reuid` works"
                    + " to lower the rights; run mf as an ordinary user"));
  }

  static boolean isRoot() {
    return new UnixSystem().getUid() == 0;
  }

  static Account namespaced() {
    return new Account(List.of("unshare", "-U"), 0);
  }

  static Account lowered() {
    String user = String.valueOf(NOBODY);
    return new Account(
        List.of(
            "setpriv",
            "--reuid=" + user,
            "--regid=" + user,
            "--clear-groups",
            "--inh-caps=+dac_override,+dac_read_search",
            "--ambient-caps=+dac_override,+dac_read_search"),
        NOBODY);
  }

  /// A command as this account.
  List<String> command(List<String> command) {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(command);
    return whole;
  }

  /// Makes the account own a folder and all in it; needed after a change of the account only.
  void adopt(Path folder) throws IOException {
    if (owner == ownerOf(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        Files.setAttribute(path, "unix:uid", (int) owner);
      }
    }
  }

  private boolean works() {
    return Spawner.works(command(List.of("true")).toArray(String[]::new));
  }

  private static long ownerOf(Path path) throws IOException {
    return ((Number) Files.getAttribute(path, "unix:uid")).longValue();
  }
}
