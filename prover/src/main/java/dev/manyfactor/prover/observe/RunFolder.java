package dev.manyfactor.prover.observe;

import dev.manyfactor.formation.FormationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The folder of one run: its scratch folders, and a lock that says whether the run goes on.
///
/// Safe on many threads.
///
/// @param number of the run; the marks of its processes begin with it
record RunFolder(Path path, long number, FileChannel lock) {
  private static final String PREFIX = "mf-prove-";
  private static final String LOCK = "lock";
  private static final long FIRST = 100_000_000;
  private static final long LAST = 899_999_999;
  private static final SecureRandom RANDOM = new SecureRandom();

  /// Those of this JVM. Their locks must not even be looked at: a process loses its lock on a file
  /// as soon as it closes any channel to it (fcntl(2)).
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  /// A new one below `parent`.
  static RunFolder create(Path parent) {
    long number = RANDOM.nextLong(FIRST, LAST + 1);
    try {
      Path raw = Files.createTempDirectory(parent, "mf-new-");
      FileChannel lock =
          FileChannel.open(
              raw.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      lock.lock();
      Files.setPosixFilePermissions(raw, PosixFilePermissions.fromString("rwx--x--x"));
      Path path = parent.resolve(PREFIX + number).toAbsolutePath();
      OURS.add(path);
      Files.move(raw, path, StandardCopyOption.ATOMIC_MOVE); // with its lock, or not at all
      return new RunFolder(path, number, lock);
    } catch (IOException failure) {
      throw FormationException.cannotWrite(parent, failure);
    }
  }

  /// The folders of runs that were killed: nobody holds their locks.
  static List<Path> abandoned(Path parent) {
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches(PREFIX + "\\d{9}"))
          .filter(RunFolder::isOurs)
          .filter(entry -> !OURS.contains(entry.toAbsolutePath()))
          .filter(entry -> !isLocked(entry.resolve(LOCK)))
          .toList();
    } catch (IOException | UncheckedIOException unreadable) {
      return List.of();
    }
  }

  /// The number of the run that a folder belongs to.
  static String numberOf(Path folder) {
    return folder.getFileName().toString().substring(PREFIX.length());
  }

  /// A new folder in it that belongs to a user.
  Path scratch(String name, Account account) {
    try {
      Path scratch = Files.createTempDirectory(path, name.replaceAll("\\W+", "-") + "-");
      if (account.isOwn()) {
        give(scratch, account);
      }
      return scratch;
    } catch (IOException failure) {
      throw FormationException.cannotWrite(path, failure);
    }
  }

  /// A new folder in it that stays the caller's.
  Path own(String name) {
    try {
      return Files.createTempDirectory(path, name + "-");
    } catch (IOException failure) {
      throw FormationException.cannotWrite(path, failure);
    }
  }

  /// Makes an account own a scratch folder.
  void give(Path scratch, Account account) {
    try {
      Files.setAttribute(scratch, "unix:gid", (int) account.user());
      Files.setAttribute(scratch, "unix:uid", (int) account.user());
    } catch (IOException failure) {
      throw FormationException.cannotWrite(scratch, failure);
    }
  }

  /// Says that the run is over.
  void unlock() {
    OURS.remove(path);
    try {
      lock.close();
    } catch (IOException released) {
      // it ends with this JVM at the latest
    }
  }

  /// Anyone may make folders in /tmp.
  private static boolean isOurs(Path folder) {
    try {
      return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
              .equals(Files.getOwner(Path.of("/proc/self")));
    } catch (IOException gone) {
      return false;
    }
  }

  private static boolean isLocked(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    } catch (IOException gone) {
      return false;
    }
  }
}
