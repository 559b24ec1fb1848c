package dev.manyfactor.formation.draft;

/// One kind of file that says something of the service beside it.
///
/// Clues are asked in a fixed order; what is known already is left as it is.
@FunctionalInterface
interface Clue {
  /// Adds to the draft what the folder says.
  void look(Folder folder, Draft draft);
}
