package dev.manyfactor.web;

/// What a web server is made of.
///
/// @param routes what it serves
/// @param backing what the operations stand on
/// @param probes of the process that the server is part of
/// @param instruments what it measures with
public record WebParts(Routes routes, Backing backing, Probes probes, Instruments instruments) {}
