/// Versioned SQL with checksums, one runner at a time, and the stamp.
///
/// It promises that every file is applied once, in order, completely or not at all; that two
/// runners do not work at the same time; that no statement makes the service wait behind it for
/// longer than the lock timeout; and that a database belongs to one service in one deployment.
///
/// It refuses a file that was changed after it was applied, gaps, duplicates and names it cannot
/// read, a table without forced row-level security that is not declared shared, and a database that
/// carries another stamp.
///
/// Read [Migrations] first.
@NullMarked
package dev.manyfactor.migrations;

import org.jspecify.annotations.NullMarked;
