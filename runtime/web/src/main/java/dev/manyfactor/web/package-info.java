/// The HTTP server: a contract's operations on a port, and the probes beside them.
///
/// It promises that nothing is served that is not in the contract, apart from `/openapi.yaml` and
/// its page `/openapi`, the pages of problems and the probes; that a request reaches its action
/// only when it is one request by the letter of HTTP/1, its caller is known and allowed, every
/// parameter and the body conform, and there is room for it; that every refusal is a problem (RFC
/// 9457) with the trace id; and that each request leaves one span, one count and one log line.
///
/// It refuses to start when operations need what the service does not have: a database, tokens,
/// keys, a tenant. Every wait has a bound: head, body, idle connection, whole request, stop.
///
/// Files come in through scratch and go out as they are made, never through memory: read [Upload]
/// and [Download].
///
/// HTTP/1.1 and 1.0 only, without TLS: both end at the load balancer. Read [WebServer] for the life
/// of a server, then `RequestHandling`, which has the steps of a request in the order they run. An
/// [Operation] is what generated code hands over.
@NullMarked
package dev.manyfactor.web;

import org.jspecify.annotations.NullMarked;
