/// The tests of the database module, against a real PostgreSQL.
@NullMarked
package dev.manyfactor.database;

import org.jspecify.annotations.NullMarked;
