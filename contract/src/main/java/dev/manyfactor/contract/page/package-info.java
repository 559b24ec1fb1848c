/// From a contract to the page that people read: one HTML file, which needs nothing else.
///
/// Promised: what the page says of types, rules and promises is what code was made of; everything
/// in it is escaped, descriptions are CommonMark without HTML of their own, and it works without
/// scripts. Read [ContractPage] first.
@NullMarked
package dev.manyfactor.contract.page;

import org.jspecify.annotations.NullMarked;
