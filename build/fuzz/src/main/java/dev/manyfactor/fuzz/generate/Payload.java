package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.document.Octets;

/// A body that is no JSON document.
record Payload(String mediaType, Octets bytes) {}
