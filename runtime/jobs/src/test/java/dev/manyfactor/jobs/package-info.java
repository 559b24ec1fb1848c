@NullMarked
package dev.manyfactor.jobs;

import org.jspecify.annotations.NullMarked;
