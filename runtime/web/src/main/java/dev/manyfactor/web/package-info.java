/// The HTTP server: routing by contract, problems, bounded bodies, probes.
@NullMarked
package dev.manyfactor.web;

import org.jspecify.annotations.NullMarked;
