package dev.manyfactor.fuzz;

import dev.manyfactor.fuzz.contract.Api;
import dev.manyfactor.fuzz.generate.Tokens;

/// A service that requests are sent to.
///
/// @param api its contract
/// @param port where it listens on 127.0.0.1
public record Subject(String name, Api api, int port, Tokens tokens) {}
