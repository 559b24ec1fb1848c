package dev.manyfactor.formation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where the build of a Java service leaves the classes that a JVM has loaded once, so that the
/// next one starts sooner.
///
/// The JVM itself sees whether an archive is of these jars and of this JDK, and starts without it
/// where it is not. It must not be told of a file that is not there: it would then start without
/// the archive of its own classes too. So each start looks.
///
/// @param folder where the program starts
/// @param file as the command is to name it, relative to the folder or not
public record ClassArchive(Path folder, String file) {
  /// The JVM's own warnings would otherwise stand among the lines of the log, and every stale
  /// archive be one.
  private static final List<String> QUIETLY =
      List.of("-Xlog:disable", "-Xlog:all=warning,cds=off,cds+dynamic=off:stderr");

  /// The options of a JVM that starts now; none if there is no archive.
  public List<String> options() {
    if (!Files.isReadable(folder.resolve(file))) {
      return List.of();
    }
    return List.of("-XX:SharedArchiveFile=" + file, QUIETLY.getFirst(), QUIETLY.getLast());
  }
}
