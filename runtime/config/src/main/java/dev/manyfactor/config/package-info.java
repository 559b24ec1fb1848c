/// Settings and secrets, read from the environment once, before a port opens.
///
/// A feature describes its settings as a record: names derive from component names, defaults stand
/// beside them in [Default], bounds are checks in the compact constructor. A program declares every
/// record first and binds all of them at once: either every value is right, or one exception lists
/// every problem with its remedy (missing, empty, ill-typed, out of bounds, unknown).
///
/// It refuses to guess: an empty value, a variable that nobody reads under a declared prefix, a
/// secret given twice and a unit left out are problems, never defaults. It never prints a secret.
/// It reads no configuration file, because what differs between deployments belongs to the
/// environment.
///
/// Read [Configuration] first.
@NullMarked
package dev.manyfactor.config;

import org.jspecify.annotations.NullMarked;
