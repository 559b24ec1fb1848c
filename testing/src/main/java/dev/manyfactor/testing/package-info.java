/// What the tests of a service use: the service running, with a real database, a client and tokens.
///
/// It promises that what a test meets is what runs in production: the same code on real sockets, a
/// real PostgreSQL with row-level security and ordinary roles, tokens signed by a real issuer, and
/// the upstreams that are services of ours running beside. It offers no mocks. What happens to
/// processes, a test does to them: stop, kill, freeze; and time passes when a test says so.
///
/// Read [ServiceTest] first, then [TestService].
@NullMarked
package dev.manyfactor.testing;

import org.jspecify.annotations.NullMarked;
