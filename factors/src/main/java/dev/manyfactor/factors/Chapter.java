package dev.manyfactor.factors;

import java.util.List;

/// What the file of a factor says.
record Chapter(String title, String description, List<Requirement> requirements) {
  Chapter {
    requirements = List.copyOf(requirements);
  }
}
