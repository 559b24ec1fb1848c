/// Tests of the HTTP server, against a real port.
@NullMarked
package dev.manyfactor.web;

import org.jspecify.annotations.NullMarked;
