package dev.manyfactor.fuzz.judge;

/// What is wrong with an answer.
///
/// @param rule which rule it breaks, in one word
/// @param detail what was expected and what came
public record Fault(String rule, String detail) {}
