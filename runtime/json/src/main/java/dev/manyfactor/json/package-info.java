/// JSON that is strict on the way in and conforms on the way out.
///
/// A [Codec] reads and writes one type. A document is read once, by a streaming parser; **every**
/// violation in it is collected with its pointer, and a value exists only if there was none. The
/// same [Scalar] types judge a field of a body and a parameter of a request, so both follow one
/// rule.
///
/// Refused as [Parsed.Malformed]: anything but one document of UTF-8 within the bounds of [Json],
/// duplicate names, lone surrogates, a byte order mark, content after the end. Never coerced: a
/// text is not a number, `null` is not absent unless the contract says so. A message names the rule
/// that was broken and what came, which is a short value or the shape of a long one; of a
/// [Sensitive] one it is the shape alone.
///
/// Read [Codec] first, then [Field] for how an object is described, then [Json].
@NullMarked
package dev.manyfactor.json;

import org.jspecify.annotations.NullMarked;
