package dev.manyfactor.architecture.planted.upper;

import dev.manyfactor.architecture.planted.lower.UsesUpper;
import java.util.List;

/// Planted: closes a cycle with [UsesUpper].
public record UsesLower(List<UsesUpper> lower) {}
