/// The payments service: customers pay, a card network captures, a ledger keeps every amount.
///
/// Read {@link Payments} first: it lists everything the service is made of.
@NullMarked
package dev.manyfactor.examples.payments;

import org.jspecify.annotations.NullMarked;
