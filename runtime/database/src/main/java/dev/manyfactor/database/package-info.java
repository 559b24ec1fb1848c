/// PostgreSQL: the pool, Read, Write and Call, rows as records, one tenant per transaction.
@NullMarked
package dev.manyfactor.database;

import org.jspecify.annotations.NullMarked;
