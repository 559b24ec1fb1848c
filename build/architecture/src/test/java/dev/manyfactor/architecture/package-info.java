/// What holds for the whole tree, checked after everything else is built.
///
/// Each rule is a function over classes or files, and each is shown to fail: on the classes in
/// `planted`, or on text that a test makes up. The lists of modules come from the root `pom.xml`,
/// so a new module is covered by being built. Read [Checkout] first, then [ModulesTests].
@NullMarked
package dev.manyfactor.architecture;

import org.jspecify.annotations.NullMarked;
