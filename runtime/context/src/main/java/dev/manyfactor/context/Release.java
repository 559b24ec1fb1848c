package dev.manyfactor.context;

/// What is running: one build of one service, with one configuration, in one deployment.
///
/// @param service the service's name, for example `payments`
/// @param id the release, by default the commit the artifact was built from
/// @param deployment where it runs, for example `dev`, `staging` or `prod-eu`
public record Release(String service, String id, String deployment) {}
