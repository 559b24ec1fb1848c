package dev.manyfactor.config;

import java.nio.file.Path;

/// A secret that came from a file.
record SecretInUse(Path file, Secret secret) {}
