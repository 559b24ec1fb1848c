/// Proxies that hold, cut, delay and refuse connections, for tests and for `mf`.
///
/// Start with [TcpProxy].
@NullMarked
package dev.manyfactor.faults;

import org.jspecify.annotations.NullMarked;
