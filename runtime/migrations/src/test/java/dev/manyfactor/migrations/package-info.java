/// The tests of the migrations module, against a real PostgreSQL.
@NullMarked
package dev.manyfactor.migrations;

import org.jspecify.annotations.NullMarked;
