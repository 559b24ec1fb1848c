package dev.manyfactor.prover.trial;

import dev.manyfactor.prover.observe.Observed;
import java.nio.file.Path;
import java.time.Duration;

/// A process of the service that was started in a scene.
public interface Running {
  /// What it is called in transcripts.
  String label();

  /// The process itself: output, tree, sockets, signals, exit.
  Observed process();

  /// The folder that it may write to: its HOME and its TMPDIR.
  Path scratch();

  /// Where it was told to listen on 127.0.0.1; 0 if it serves nobody.
  int port();

  /// Where its probes were told to listen.
  int managementPort();

  /// Waits until it is ready, ends, or `patience` is over.
  Readiness awaitReady(Duration patience) throws InterruptedException;

  /// Asks once whether it is ready, by what the manifest says of it.
  boolean isReady() throws InterruptedException;

  /// Sends a request to its port and waits for the whole answer, at most `patience`.
  Exchange send(Call call, Duration patience) throws InterruptedException;

  /// Sends a request with the patience of the declared deadline for a response and a half.
  Exchange send(Call call) throws InterruptedException;

  /// Sends a request and leaves it out of the transcript: one of many, of which whoever sends them
  /// tells what matters.
  Exchange sendUnrecorded(Call call, Duration patience) throws InterruptedException;

  /// Sends a request to its management port, left out of the transcript likewise.
  Exchange askUnrecorded(Call call, Duration patience) throws InterruptedException;

  /// Sends a request to its management port.
  Exchange ask(Call call) throws InterruptedException;

  /// Sends the head of a request and the first half of its body, on a connection of its own.
  Held hold(Call call) throws InterruptedException;
}
