package dev.manyfactor.formation;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;

/// A formation cannot start or go on: what is wrong, what to do about it, and the lines that show
/// it.
///
/// The message names the thing, the rule, the value and the remedy. It never holds a secret.
public final class FormationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final List<String> evidence;

  /// A failure that its message explains completely.
  public FormationException(ExitCode exitCode, String message) {
    this(exitCode.number(), message, List.of());
  }

  /// A failure with the lines that show it, for example the end of a build's output.
  ///
  /// @param exitCode a number of sysexits, or what a failed process itself ended with
  public FormationException(int exitCode, String message, List<String> evidence) {
    super(message);
    this.exitCode = exitCode;
    this.evidence = List.copyOf(evidence);
  }

  /// A file or folder that cannot be written: no space, no permission, something else in its place.
  public static FormationException cannotWrite(Path path, IOException cause) {
    FormationException failure =
        new FormationException(
            ExitCode.CANNOT_WRITE,
            "cannot write %s: %s; make it writable or free some space, then start again"
                .formatted(path, reason(cause)));
    failure.initCause(cause);
    return failure;
  }

  /// What the process that reports this failure ends with.
  public int exitCode() {
    return exitCode;
  }

  /// Lines to print below the message, oldest first; often empty.
  public List<String> evidence() {
    return evidence;
  }

  /// Why an input or output operation failed, in words: a file-system exception's message is often
  /// only a path.
  static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof CharacterCodingException) {
      return "it is not UTF-8";
    }
    if (cause instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return cause.getClass() == IOException.class && cause.getMessage() != null
        ? cause.getMessage()
        : cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
