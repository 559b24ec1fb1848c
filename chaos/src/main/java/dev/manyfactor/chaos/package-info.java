/// Breaks a running service over and over, and says whether every effect took place once; for
/// services in any language.
///
/// It promises that what it reports was seen, that a seed gives the same plan of faults again, and
/// that everything it has started is gone when it ends. It does not try to be clever about which
/// fault hurts most, it knows nothing of our own runtime, and it touches nothing but the loopback
/// address and its scratch folder. Read [dev.manyfactor.chaos.history.Checker] first: what a
/// violation is stands there.
@NullMarked
package dev.manyfactor.chaos;

import org.jspecify.annotations.NullMarked;
