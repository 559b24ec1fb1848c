/// Tests of what a process says about itself, most of them with a real child process.
@NullMarked
package dev.manyfactor.telemetry;

import org.jspecify.annotations.NullMarked;
