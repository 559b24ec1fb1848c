package dev.manyfactor.web;

import java.util.List;

/// An operation as the router knows it.
///
/// @param operation what is served
/// @param parameters the names in the path template, in its order
/// @param labels its span name and metric attributes
record Route(Operation operation, List<String> parameters, Labels labels) {}
