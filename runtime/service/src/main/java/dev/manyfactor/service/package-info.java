/// Composition, process types, lifecycle and tasks of one service.
@NullMarked
package dev.manyfactor.service;

import org.jspecify.annotations.NullMarked;
