/// The 23 factors of a service, and every requirement of each, as data.
///
/// Promises that an id, once released, never changes its meaning, and that each requirement says
/// how it is seen, what is shown for it, what looks like it and is not, and what to do. Refuses a
/// file with anything missing, unknown, blank or out of order, when it is first asked. Does not
/// know which requirements are checked: that is what the rules are.
///
/// Start with [Factor] and the files beside it.
@NullMarked
package dev.manyfactor.factors;

import org.jspecify.annotations.NullMarked;
