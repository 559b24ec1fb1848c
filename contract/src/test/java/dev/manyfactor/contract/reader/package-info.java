@NullMarked
package dev.manyfactor.contract.reader;

import org.jspecify.annotations.NullMarked;
