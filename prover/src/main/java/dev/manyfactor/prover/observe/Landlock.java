package dev.manyfactor.prover.observe;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/// The kernel's own sandbox: a thread gives up rights for itself and all that it will ever start.
///
/// What can write is named here, so that everything else may only be read.
///
/// @param abi what this kernel knows, 0 for nothing
record Landlock(int abi) {
  /// From here on files can be renamed from folder to folder.
  private static final int USABLE = 2;

  private static final int TRUNCATES = 3;
  private static final int CONNECTS = 4;
  private static final int SCOPES = 6;

  private static final long CREATE_RULESET = 444;
  private static final long ADD_RULE = 445;
  private static final long RESTRICT_SELF = 446;
  private static final long ASK_VERSION = 1;
  private static final long BENEATH_PATH = 1;
  private static final long AT_PORT = 2;

  private static final long WRITE_FILE = 1 << 1;
  private static final long TRUNCATE = 1 << 14;

  /// Removing and making anything, and moving it from folder to folder.
  private static final long CHANGE_FOLDERS = ((1 << 14) - 1) & ~((1 << 4) - 1);

  private static final long CONNECT_TCP = 1 << 1;

  /// Signals, and sockets with names of the kernel's own, only to what is confined together.
  private static final long SCOPE = 3;

  private static final List<String> DEVICES =
      List.of("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom");

  /// Where programs write that cannot be told otherwise: Java heeds no TMPDIR.
  static final List<String> TEMPORARY = List.of("/tmp", "/dev/shm");

  /// What this kernel knows.
  static Landlock ofKernel() {
    return new Landlock((int) Math.max(0, Linux.systemCall(CREATE_RULESET, 0, 0, ASK_VERSION, 0)));
  }

  /// Whether it can hold files.
  boolean holdsFiles() {
    return abi >= USABLE;
  }

  /// Whether it can hold TCP connections.
  boolean holdsConnections() {
    return abi >= CONNECTS;
  }

  /// Rules for [#confine(int)].
  ///
  /// @return a descriptor, to be closed
  int rules(Launch.Reach reach) {
    boolean connections = holdsConnections();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handled = arena.allocate(JAVA_LONG, 3);
      handled.setAtIndex(JAVA_LONG, 0, inFolders());
      handled.setAtIndex(JAVA_LONG, 1, connections ? CONNECT_TCP : 0);
      handled.setAtIndex(JAVA_LONG, 2, abi >= SCOPES ? SCOPE : 0);
      int rules =
          (int) check(Linux.systemCall(CREATE_RULESET, handled.address(), attributeSize(), 0, 0));
      allow(rules, reach.scratch(), inFolders());
      TEMPORARY.forEach(folder -> allow(rules, Path.of(folder), inFolders()));
      DEVICES.forEach(device -> allow(rules, Path.of(device), inFiles()));
      if (connections) {
        reach.connects().forEach(port -> allowConnecting(rules, port));
      }
      return rules;
    }
  }

  /// Confines the calling thread, and what it starts, for ever.
  void confine(int rules) {
    Linux.gainNothing();
    check(Linux.systemCall(RESTRICT_SELF, rules, 0, 0, 0));
  }

  private long inFiles() {
    return WRITE_FILE | (abi >= TRUNCATES ? TRUNCATE : 0);
  }

  private long inFolders() {
    return CHANGE_FOLDERS | inFiles();
  }

  private long attributeSize() {
    return abi >= SCOPES ? 24 : abi >= CONNECTS ? 16 : 8;
  }

  private static void allow(int rules, Path path, long access) {
    int descriptor = Linux.openPath(path.toString());
    if (descriptor < 0) {
      return; // not every machine has every device
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rule = arena.allocate(JAVA_LONG, 2);
      rule.set(JAVA_LONG, 0, access);
      rule.set(JAVA_INT_UNALIGNED, 8, descriptor);
      check(Linux.systemCall(ADD_RULE, rules, BENEATH_PATH, rule.address(), 0));
    } finally {
      Linux.close(descriptor);
    }
  }

  private static void allowConnecting(int rules, int port) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rule = arena.allocate(JAVA_LONG, 2);
      rule.setAtIndex(JAVA_LONG, 0, CONNECT_TCP);
      rule.setAtIndex(JAVA_LONG, 1, port);
      check(Linux.systemCall(ADD_RULE, rules, AT_PORT, rule.address(), 0));
    }
  }

  private static long check(long result) {
    if (result < 0) {
      throw new IllegalStateException("the kernel refuses a rule of Landlock");
    }
    return result;
  }
}
