/// The kill loop: clients under load while everything that they lean on is broken at random, by a
/// seed.
///
/// [Loop] tells it from start to end, [Plan] what is broken when, [Breaker] how.
@NullMarked
package dev.manyfactor.chaos.loop;

import org.jspecify.annotations.NullMarked;
