/// The generator against documents that are not ours: the official test data of JSON Schema and
/// OpenAPI, and contracts of public services.
@NullMarked
package dev.manyfactor.contract.official;

import org.jspecify.annotations.NullMarked;
