/// Proxies that hold, cut, delay and refuse connections, for tests and for `mf`.
///
/// It promises that a change of behaviour reaches open and new connections alike before
/// [TcpProxy#behave] returns, that the port stays the proxy's own, and that memory and threads are
/// bounded. It does not understand what goes through it, and does not shape bandwidth. Start with
/// [TcpProxy] and [Behaviour].
@NullMarked
package dev.manyfactor.faults;

import org.jspecify.annotations.NullMarked;
