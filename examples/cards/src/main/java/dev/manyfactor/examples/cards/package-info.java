/// A card network that charges cards: the service that payments depends on.
@NullMarked
package dev.manyfactor.examples.cards;

import org.jspecify.annotations.NullMarked;
