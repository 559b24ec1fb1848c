/// A service and all it needs, running on one machine: what `mf up` does.
///
/// It promises that everything it starts also ends: in order when it is asked to stop, at once when
/// it is asked twice, and with the supervisor when that is killed. A process that ends by itself is
/// started again, and one among several leaves its router before it is told to end. It opens
/// loopback addresses only, keeps its secrets in files that only their owner can read, and gives
/// every service roles that are neither superuser nor exempt from row-level security.
///
/// It refuses a manifest with a key it does not know, a second formation in the same directory, a
/// busy port and a PostgreSQL version it does not have; it never tries something else instead.
///
/// It knows nothing of the runtime: a service is its manifest and its processes, in any language.
/// Read [Formation] first, then [Manifest]; tests of a service use [EmbeddedPostgres], [Issuer],
/// [Ports] and [Spawner] alone.
@NullMarked
package dev.manyfactor.formation;

import org.jspecify.annotations.NullMarked;
