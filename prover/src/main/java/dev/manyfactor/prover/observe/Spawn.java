package dev.manyfactor.prover.observe;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A program that is ready to be started by whichever thread calls [#run()]: in a session of its
/// own, with no signal ignored or held back, an empty standard input, and no descriptor but those
/// for its output.
///
/// The JDK starts processes too, but also threads while it does so: the first start makes the
/// thread that waits for them all. Of a thread that has confined itself those would be confined for
/// ever. What is done here in the calling thread is one call of the C library.
final class Spawn implements AutoCloseable {
  private static final int ROOM = 1024; // more than these structures take in any C library
  private static final short FLAGS = 0x04 | 0x08 | 0x80; // signal defaults, signal mask, session
  private static final int LAST_STANDARD_STREAM = 2;
  private static final int SPARE = 256; // descriptors that are opened meanwhile

  private static final MethodHandle START =
      Linux.handle("posix_spawn", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle INIT_ACTIONS =
      Linux.handle("posix_spawn_file_actions_init", ADDRESS);
  private static final MethodHandle DESTROY_ACTIONS =
      Linux.handle("posix_spawn_file_actions_destroy", ADDRESS);
  private static final MethodHandle OPEN =
      Linux.handle(
          "posix_spawn_file_actions_addopen", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle DUPLICATE =
      Linux.handle("posix_spawn_file_actions_adddup2", ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle ENTER =
      Linux.handle("posix_spawn_file_actions_addchdir_np", ADDRESS, ADDRESS);
  private static final MethodHandle INIT_ATTRIBUTES = Linux.handle("posix_spawnattr_init", ADDRESS);
  private static final MethodHandle SET_FLAGS =
      Linux.handle("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT);
  private static final MethodHandle SET_DEFAULTS =
      Linux.handle("posix_spawnattr_setsigdefault", ADDRESS, ADDRESS);
  private static final MethodHandle SET_MASK =
      Linux.handle("posix_spawnattr_setsigmask", ADDRESS, ADDRESS);
  private static final MethodHandle FILL = Linux.handle("sigfillset", ADDRESS);

  private static final String CLOSE_FROM = "posix_spawn_file_actions_addclosefrom_np";

  private final Arena arena = Arena.ofShared();
  private final MemorySegment pid = arena.allocate(JAVA_INT);
  private final MemorySegment actions = arena.allocate(ROOM);
  private final MemorySegment attributes = arena.allocate(ROOM);
  private final MemorySegment program;
  private final MemorySegment arguments;
  private final MemorySegment environment;

  /// Prepares a start.
  ///
  /// @param command the path of a program, and its arguments
  /// @param output where standard output and standard error go
  Spawn(List<String> command, Path directory, Map<String, String> variables, Streams output) {
    program = arena.allocateFrom(command.getFirst());
    arguments = strings(command);
    environment =
        strings(
            variables.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList());
    prepareActions(directory, output);
    prepareAttributes();
  }

  /// Descriptors to write to.
  record Streams(int output, int error) {}

  /// Starts it.
  ///
  /// @return its number, or the negative number of the error
  int run() {
    int error = Linux.number(START, pid, program, actions, attributes, arguments, environment);
    return error == 0 ? pid.get(JAVA_INT, 0) : -error;
  }

  @Override
  public void close() {
    Linux.number(DESTROY_ACTIONS, actions);
    arena.close();
  }

  private void prepareActions(Path directory, Streams output) {
    check(Linux.number(INIT_ACTIONS, actions));
    check(Linux.number(OPEN, actions, 0, arena.allocateFrom("/dev/null"), 0, 0));
    check(Linux.number(DUPLICATE, actions, output.output(), 1));
    check(Linux.number(DUPLICATE, actions, output.error(), 2));
    check(Linux.number(ENTER, actions, arena.allocateFrom(directory.toAbsolutePath().toString())));
    if (Linux.has(CLOSE_FROM)) {
      check(Linux.number(Linux.handle(CLOSE_FROM, ADDRESS, JAVA_INT), actions, 3));
    } else {
      closeOneByOne();
    }
  }

  /// For an older C library.
  private void closeOneByOne() {
    MethodHandle close = Linux.handle("posix_spawn_file_actions_addclose", ADDRESS, JAVA_INT);
    int last =
        OpenFiles.of(ProcessHandle.current().pid()).stream()
            .mapToInt(OpenFiles.Descriptor::number)
            .max()
            .orElse(LAST_STANDARD_STREAM);
    for (int number = LAST_STANDARD_STREAM + 1; number <= last + SPARE; number++) {
      check(Linux.number(close, actions, number));
    }
  }

  private void prepareAttributes() {
    MemorySegment signals = arena.allocate(ROOM);
    check(Linux.number(INIT_ATTRIBUTES, attributes));
    check(Linux.number(SET_FLAGS, attributes, FLAGS));
    check(Linux.number(SET_MASK, attributes, signals));
    check(Linux.number(FILL, signals));
    check(Linux.number(SET_DEFAULTS, attributes, signals));
  }

  private MemorySegment strings(List<String> texts) {
    MemorySegment array = arena.allocate(ADDRESS, texts.size() + 1L);
    for (int index = 0; index < texts.size(); index++) {
      array.setAtIndex(ADDRESS, index, arena.allocateFrom(texts.get(index)));
    }
    return array;
  }

  private static void check(int error) {
    if (error != 0) {
      throw new IllegalStateException("the C library refuses to prepare a start: error " + error);
    }
  }
}
