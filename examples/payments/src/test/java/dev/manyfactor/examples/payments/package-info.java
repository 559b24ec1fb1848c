@NullMarked
package dev.manyfactor.examples.payments;

import org.jspecify.annotations.NullMarked;
