/// What stands in for the surroundings of a service: an HTTP upstream, an OpenID Connect issuer, a
/// receiver of telemetry, a reader of metrics.
///
/// Each listens on a port of 127.0.0.1 alone, keeps what it is sent within bounds, and is closed by
/// whoever opened it. The upstream and the issuer can be told to do what is wrong. Start with
/// [StandInUpstream], [StandInIssuer], [OtlpSink] and [Scrape].
@NullMarked
package dev.manyfactor.prover.standin;

import org.jspecify.annotations.NullMarked;
