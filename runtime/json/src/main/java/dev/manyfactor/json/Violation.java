package dev.manyfactor.json;

/// One rule that a document or a parameter breaks, and where.
///
/// @param pointer where: a JSON pointer (RFC 6901) into a body, `""` for the whole of it; for a
///   parameter its place and name, such as `query.limit`
/// @param rule the broken rule, by the name of its JSON Schema keyword: `required`, `type`,
///   `format`, `minimum`, `maxLength`, `additionalProperties`, …
/// @param detail what the rule asks and the shape of what came, never the value itself: it is safe
///   to log and to send
public record Violation(String pointer, String rule, String detail) {}
