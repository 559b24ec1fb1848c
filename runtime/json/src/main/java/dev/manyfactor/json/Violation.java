package dev.manyfactor.json;

/// One rule that a document or a parameter breaks, and where.
///
/// @param pointer where: a JSON pointer (RFC 6901) into a body, `""` for the whole of it; for a
///   parameter its place and name, such as `query.limit`
/// @param rule the broken rule, by the name of its JSON Schema keyword: `required`, `type`,
///   `format`, `minimum`, `maxLength`, `additionalProperties`, …
/// @param detail what the rule asks and what came: a value of at most 40 characters as it is, a
///   longer one or one that the contract calls sensitive by its shape only; for whoever sent the
///   value, not for logs
public record Violation(String pointer, String rule, String detail) {}
