/// Requests to bytes on a socket, and bytes to answers, with nothing made right on the way.
@NullMarked
package dev.manyfactor.fuzz.wire;

import org.jspecify.annotations.NullMarked;
