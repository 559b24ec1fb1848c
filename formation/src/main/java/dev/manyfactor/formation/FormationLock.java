package dev.manyfactor.formation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Holds a directory for one formation.
///
/// The lock is the kernel's, on a file that says who has it: it ends with the process however that
/// ends. The file itself stays, empty, because a lock on a file that can be removed and made anew
/// is none.
final class FormationLock implements AutoCloseable {
  // the kernel's lock belongs to the process, and any second descriptor that is closed would end it
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private FormationLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// Takes the lock, or fails naming the process that has it.
  static FormationLock take(FormationHome home) {
    Path file = home.lock();
    if (!HELD_HERE.add(file)) {
      throw held(home, String.valueOf(ProcessHandle.current().pid()));
    }
    boolean taken = false;
    try {
      FormationLock lock = takeFrom(home, file);
      taken = true;
      return lock;
    } catch (IOException failure) {
      throw FormationException.cannotWrite(file, failure);
    } finally {
      if (!taken) {
        HELD_HERE.remove(file);
      }
    }
  }

  private static FormationLock takeFrom(FormationHome home, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw held(home, Files.readString(file).strip());
    }
    String pid = String.valueOf(ProcessHandle.current().pid());
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
    return new FormationLock(file, channel);
  }

  private static FormationException held(FormationHome home, String holder) {
    return new FormationException(
        ExitCode.UNAVAILABLE,
        "a formation already runs in %s (process %s); use it, or stop it with Ctrl-C or `kill %s`"
            .formatted(home.folder().resolveSibling("").normalize(), holder, holder));
  }

  /// Lets go.
  @Override
  public void close() {
    try (channel) {
      channel.truncate(0);
    } catch (IOException full) {
      // the lock itself ends with the channel, so what the file says does no harm
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
