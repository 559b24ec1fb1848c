package dev.manyfactor.architecture.planted.lower;

import dev.manyfactor.architecture.planted.upper.UsesLower;

/// Planted: stands low and uses what stands above it.
public record UsesUpper(UsesLower upper) {}
