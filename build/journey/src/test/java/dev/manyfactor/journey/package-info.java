/// What a newcomer does first, done for real: the commands of the README and the bare artifact.
///
/// The programs are those that the build has just made; nothing of them is on the class path here.
/// Read `JourneyTests` first.
@NullMarked
package dev.manyfactor.journey;

import org.jspecify.annotations.NullMarked;
