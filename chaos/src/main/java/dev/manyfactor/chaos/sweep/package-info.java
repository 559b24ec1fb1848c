/// The crash sweep: at every message that a process sends to PostgreSQL while it does one thing,
/// the process is killed, its session ended, its connection cut, or it is held while others go on;
/// and each time everything must come out as if nothing had happened.
///
/// It promises that a cell counts as run only when it has hit the message it is named after, and
/// that what it reports as violated was seen. Start with [Sweep], then [Play].
@NullMarked
package dev.manyfactor.chaos.sweep;

import org.jspecify.annotations.NullMarked;
