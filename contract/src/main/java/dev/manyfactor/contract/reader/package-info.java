/// From the text of a contract to its model, refusing everything that no code is made for.
///
/// Each kind of object in OpenAPI has a reader of its own and a list of keywords that it may have,
/// in [Keywords]; any other keyword is a problem, so that a misspelt or unsupported one is never
/// passed over. A reader that finds a problem goes on with a stand-in, so that all problems are
/// told at once.
///
/// Read [ContractReader] first.
@NullMarked
package dev.manyfactor.contract.reader;

import org.jspecify.annotations.NullMarked;
