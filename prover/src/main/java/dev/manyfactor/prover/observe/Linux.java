package dev.manyfactor.prover.observe;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.OptionalInt;

/// The calls of the C library that Java has no words for.
///
/// Each returns what the library does; -1 is a failure unless said otherwise.
@SuppressWarnings("restricted") // needs --enable-native-access, which the launcher of mf gives
final class Linux {
  static final int TERM = 15;
  static final int KILL = 9;
  static final int STOP = 19;

  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int PATH_ONLY = 0x200000;
  private static final int NO_NEW_PRIVILEGES = 38;
  private static final int BY_PID = 1;
  private static final int EXITED = 4;
  private static final int LEAVE_WAITABLE = 0x1000000;
  private static final int SIGINFO = 128;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle PIPE = handle("pipe2", ADDRESS, JAVA_INT);
  private static final MethodHandle CLOSE = handle("close", JAVA_INT);
  private static final MethodHandle OWN = handle("fchown", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle SIGNAL = handle("kill", JAVA_INT, JAVA_INT);
  private static final MethodHandle WAIT_ID =
      handle("waitid", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle WAIT_PID = handle("waitpid", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle OPEN = variadic("open", 2, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle CONTROL =
      variadic("prctl", 1, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle SYSTEM_CALL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("syscall"),
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));

  private Linux() {}

  /// Both ends of a pipe that no child inherits by itself.
  record Pipe(int reading, int writing) {}

  /// A new pipe.
  static Pipe pipe() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(JAVA_INT, 2);
      check("pipe2", number(PIPE, ends, CLOSE_ON_EXEC));
      return new Pipe(ends.getAtIndex(JAVA_INT, 0), ends.getAtIndex(JAVA_INT, 1));
    }
  }

  /// Closes a descriptor.
  static void close(int descriptor) {
    check("close", number(CLOSE, descriptor));
  }

  /// Makes a user own what a descriptor is of, so that it may be opened again by /dev/stdout.
  static void own(int descriptor, int user) {
    check("fchown", number(OWN, descriptor, user, user));
  }

  /// A descriptor that stands for a path, for nothing else; -1 if there is no such path.
  static int openPath(String path) {
    try (Arena arena = Arena.ofConfined()) {
      return number(OPEN, arena.allocateFrom(path), PATH_ONLY | CLOSE_ON_EXEC, 0);
    }
  }

  /// Sends a signal; 0 only asks whether that would be allowed.
  ///
  /// @return whether there was such a process, and we may
  static boolean signal(long pid, int signal) {
    if (pid <= 1) {
      throw new IllegalArgumentException("a process is signalled by its number, not " + pid);
    }
    return number(SIGNAL, (int) pid, signal) == 0;
  }

  /// Waits until a child has ended, and leaves its exit code for [#reap(int)].
  static void awaitEnd(int child) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment information = arena.allocate(SIGINFO);
      int result = -1;
      while (result != 0 && ProcessTable.exists(child)) { // a signal interrupts the wait
        result = number(WAIT_ID, BY_PID, child, information, EXITED | LEAVE_WAITABLE);
      }
    }
  }

  /// The exit code of a child that has ended, 128 + n if signal n ended it; its number is free
  /// then.
  static OptionalInt reap(int child) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(JAVA_INT);
      if (number(WAIT_PID, child, status, 0) != child) {
        return OptionalInt.empty();
      }
      int written = status.get(JAVA_INT, 0);
      int signal = written & 0x7f;
      return OptionalInt.of(signal == 0 ? (written >> 8) & 0xff : 128 + signal);
    }
  }

  /// Forbids the calling thread, and what it starts, to gain rights by executing a file.
  static void gainNothing() {
    check("prctl", number(CONTROL, NO_NEW_PRIVILEGES, 1L, 0L, 0L, 0L));
  }

  /// A call of the kernel that the library has no function for.
  static long systemCall(long number, long first, long second, long third, long fourth) {
    try {
      return (long) SYSTEM_CALL.invoke(number, first, second, third, fourth);
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// A function that returns an int.
  static MethodHandle handle(String function, MemoryLayout... parameters) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(function), FunctionDescriptor.of(JAVA_INT, parameters));
  }

  private static MethodHandle variadic(String function, int fixed, MemoryLayout... parameters) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(function),
        FunctionDescriptor.of(JAVA_INT, parameters),
        Linker.Option.firstVariadicArg(fixed));
  }

  /// Whether the C library has a function.
  static boolean has(String function) {
    return LINKER.defaultLookup().find(function).isPresent();
  }

  /// Calls a function that returns an int.
  static int number(MethodHandle function, Object... arguments) {
    try {
      return (int) function.invokeWithArguments(Arrays.asList(arguments));
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void check(String call, int result) {
    if (result < 0) {
      throw new IllegalStateException("the system refuses " + call);
    }
  }
}
