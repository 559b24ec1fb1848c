@NullMarked
package dev.manyfactor.service;

import org.jspecify.annotations.NullMarked;
