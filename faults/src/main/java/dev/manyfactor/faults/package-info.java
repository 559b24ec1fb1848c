/// Proxies that hold, cut, delay and refuse connections, for tests and for `mf`: one for anything,
/// and one that knows the messages of PostgreSQL.
///
/// It promises that a change of behaviour reaches open and new connections alike before
/// [TcpProxy#behave] returns, that the port stays the proxy's own, and that memory and threads are
/// bounded. It does not shape bandwidth. Start with [TcpProxy] and [Behaviour], which do not
/// understand what goes through them; for PostgreSQL, with [PostgresProxy], [Moment] and [Deed].
@NullMarked
package dev.manyfactor.faults;

import org.jspecify.annotations.NullMarked;
