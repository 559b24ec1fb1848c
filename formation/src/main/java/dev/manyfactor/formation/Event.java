package dev.manyfactor.formation;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/// Something that happens in a formation, for whoever shows it.
///
/// Events come from several threads, one at a time for each process.
public sealed interface Event {
  /// A build begins; its whole output goes to `log`.
  record Building(String service, String command, Path log) implements Event {}

  /// A line of a build's output.
  record BuildOutput(String service, Duration elapsed, String line) implements Event {}

  /// A build has made the artifact.
  record Built(String service, Duration elapsed) implements Event {}

  /// Something that is no process of a service is there: PostgreSQL, the issuer.
  ///
  /// @param detail its address and what is worth knowing about it
  record Provided(String what, String detail) implements Event {}

  /// What the formation takes a service for, where that is not written down or is easily missed.
  record Noted(String service, String note) implements Event {}

  /// A release step begins.
  record Releasing(String service, String task) implements Event {}

  /// A release step has ended well.
  record Released(String service, String task, Duration elapsed) implements Event {}

  /// A router stands in front of several processes.
  ///
  /// @param processes the process type, with its service
  /// @param address where they are called
  record Routing(String processes, URI address, long instances) implements Event {}

  /// A process has started and is not ready yet.
  record Started(String process) implements Event {}

  /// A process is still not ready; comes about once a second.
  ///
  /// @param reason what was asked and what it answered
  record Awaiting(String process, Duration elapsed, String reason) implements Event {}

  /// A process is ready.
  record BecameReady(String process, Duration elapsed) implements Event {}

  /// A process does not say any more that it is ready: its router sends it no requests.
  record BecameUnready(String process, String reason) implements Event {}

  /// A process says once more that it is ready, and gets requests again.
  record ReadyAgain(String process) implements Event {}

  /// A process has ended, and nobody asked it to; it is started again.
  ///
  /// @param startsIn when that is
  /// @param attempt counts the restarts in a row from 1
  record Ended(String process, int exitCode, Duration startsIn, int attempt) implements Event {}

  /// A line that a process has written.
  record Logged(String process, String line) implements Event {}

  /// Everything is ready.
  record Running(FormationState state, Manifest manifest, Duration elapsed) implements Event {}

  /// The formation begins to stop.
  record Stopping() implements Event {}

  /// A part has ended.
  ///
  /// @param byItself whether it ended when it was asked, and did not have to be killed
  record Stopped(String what, boolean byItself) implements Event {}
}
