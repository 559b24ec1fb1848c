package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.trial.Running;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The files that a process may have written, and how long they are.
///
/// Where processes run as a user of their own that is every file of this user; elsewhere it is what
/// lies in the scratch folder and in the folder of the service, and what is open for writing.
record WrittenFiles(Map<Path, Long> sizes) {
  private static final List<Path> OPEN_TO_ALL = List.of(Path.of("/tmp"), Path.of("/dev/shm"));
  private static final Set<String> OTHERS = Set.of(".git", "node_modules", "target", ".venv");
  private static final int MOST = 20_000;
  private static final int DEPTH = 8;

  /// As they are now.
  ///
  /// @param service the folder of the service
  static WrittenFiles of(Running running, Path service) {
    Map<Path, Long> sizes = new HashMap<>();
    Path scratch = running.scratch();
    try {
      UserPrincipal user = Files.getOwner(scratch);
      walk(scratch, new Found(sizes, user));
      if (user.equals(Files.getOwner(Path.of("/proc/self")))) {
        walk(service, new Found(sizes, user));
      } else {
        for (Path folder : OPEN_TO_ALL) {
          walk(folder, new Found(sizes, user));
        }
      }
    } catch (IOException gone) {
      // then nothing can be found there any more
    }
    running.process().openForWriting().forEach(file -> sizes.put(file, size(file)));
    return new WrittenFiles(sizes);
  }

  private static void walk(Path folder, Found found) throws IOException {
    Files.walkFileTree(folder, Set.of(), DEPTH, found);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return 0;
    }
  }

  /// What has grown since, or is new and not empty, and by how many bytes.
  Map<Path, Long> grownTo(WrittenFiles later) {
    Map<Path, Long> grown = new TreeMap<>();
    later.sizes.forEach((file, size) -> {
      long more = size - sizes.getOrDefault(file, 0L);
      if (more > 0) {
        grown.put(file, more);
      }
    });
    return grown;
  }

  /// Takes the files of one user; what lies in folders of others is passed over.
  private static final class Found extends SimpleFileVisitor<Path> {
    private final Map<Path, Long> sizes;
    private final UserPrincipal user;

    Found(Map<Path, Long> sizes, UserPrincipal user) {
      this.sizes = sizes;
      this.user = user;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean isRoot = OPEN_TO_ALL.contains(folder);
      boolean isTaken = isOurs(folder) && !isNamedAway(folder);
      return isRoot || isTaken ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    /// What is gone by now is nobody's: others come and go in /tmp meanwhile.
    private boolean isOurs(Path path) {
      try {
        return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(user);
      } catch (IOException gone) {
        return false;
      }
    }

    private static boolean isNamedAway(Path folder) {
      return OTHERS.contains(String.valueOf(folder.getFileName()));
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && isOurs(file)) {
        sizes.put(file, attributes.size());
      }
      return sizes.size() < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }
  }
}
