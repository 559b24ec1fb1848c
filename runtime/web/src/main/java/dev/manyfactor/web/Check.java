package dev.manyfactor.web;

import java.util.Optional;
import java.util.function.Supplier;

/// One thing that must hold before a process is ready, for example that its database answers.
///
/// @param name for example `database`
/// @param whyNot what is missing and what to do about it, empty if it holds; answers within seconds
///   from any thread
public record Check(String name, Supplier<Optional<String>> whyNot) {}
