/// Whether an answer is what the contract and HTTP owe to a request.
///
/// Judges by a JSON Schema validator that is not ours. Read [Oracle] first.
@NullMarked
package dev.manyfactor.fuzz.judge;

import org.jspecify.annotations.NullMarked;
