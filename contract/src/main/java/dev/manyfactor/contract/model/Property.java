package dev.manyfactor.contract.model;

/// A field of an object.
///
/// @param name as it stands in JSON, such as `amount_minor`
/// @param component its Java name, such as `amountMinor`
/// @param description what it is, in Markdown; empty if the contract does not say
/// @param deprecated whether callers are asked to leave it
public record Property(
    String name,
    String component,
    Type type,
    Presence presence,
    String description,
    boolean deprecated) {}
