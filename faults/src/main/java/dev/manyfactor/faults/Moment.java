package dev.manyfactor.faults;

/// When something is done about a message.
///
/// Whatever the moment is, the server has been made to carry out what was sent before it, so that
/// not speed decides what has happened. That may take a server that is stuck 5 seconds, after which
/// it is done all the same; see [Hit#settled()].
public enum Moment {
  /// The message is not passed on.
  BEFORE,
  /// The message is passed on, the server has carried it out, and its answer is kept back.
  ANSWER_HELD,
  /// The answer is passed back; whatever the client sends next is kept back.
  AFTER
}
