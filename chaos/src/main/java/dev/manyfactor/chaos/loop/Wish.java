package dev.manyfactor.chaos.loop;

import dev.manyfactor.formation.Chaos;
import dev.manyfactor.formation.Manifest;

/// A request that is about to be made.
///
/// @param identity what its effect will be called
record Wish(Chaos.Operation operation, Manifest.Sample request, String identity) {}
