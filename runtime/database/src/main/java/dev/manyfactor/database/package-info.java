/// PostgreSQL: the pool, Read, Write and Call, rows as records, one tenant per transaction.
///
/// It promises that every transaction has exactly one tenant, which the row-level security policies
/// of the database see as the setting `manyfactor.tenant`; that every wait ends with the deadline
/// of the work; that the opening of a transaction costs no round trip of its own; and that a write
/// in which a statement failed is never committed.
///
/// It refuses a transaction inside another, SQL that ends the transaction by itself, a result that
/// does not fit the record it is read into, and more rows in memory than a bound.
///
/// Read [Database] first, then [Transaction]. What other modules of the runtime need beyond that is
/// in the package `spi`.
@NullMarked
package dev.manyfactor.database;

import org.jspecify.annotations.NullMarked;
