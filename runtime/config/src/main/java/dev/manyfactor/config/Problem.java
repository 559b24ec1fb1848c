package dev.manyfactor.config;

/// One thing that is wrong with the configuration, and what to do about it.
///
/// @param variable the variable it is about, or `PREFIX_*` if it is about several of one record
/// @param message the whole sentence: variable, rule, value unless it is secret, and remedy
public record Problem(String variable, String message) {}
