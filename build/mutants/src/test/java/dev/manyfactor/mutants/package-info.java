/// Bugs that are planted in the runtime, to see that the crash sweep tells them.
///
/// A bug is a patch in `fixtures/mutants`. A mutant is a copy of the artifact of payments, with the
/// patched classes in its jars. Read [Mutant] first.
@NullMarked
package dev.manyfactor.mutants;

import org.jspecify.annotations.NullMarked;
