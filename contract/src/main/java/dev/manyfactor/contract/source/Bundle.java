package dev.manyfactor.contract.source;

import java.nio.file.Path;
import java.util.Optional;

/// A contract as one document: its own file, and of the files that it refers to the parts that it
/// refers to, as components. Read once.
///
/// Every `$ref` in it starts with `#/components/`, except those that are a problem.
public final class Bundle {
  private final Optional<Yaml> root;
  private final Problems problems;
  private final String text;

  private Bundle(Optional<Yaml> root, Problems problems, String text) {
    this.root = root;
    this.problems = problems;
    this.text = text;
  }

  /// The contract in `text` and what it refers to.
  ///
  /// @param file the contract, as the build shall show it in problems
  /// @param folder the files in the folder of the contract and below
  public static Bundle of(String file, String text, Folder folder) {
    Problems problems = new Problems(file);
    Documents documents = new Documents(Path.of(file), folder, problems);
    Optional<Yaml> parsed = documents.first(text);
    Bundler bundler = new Bundler(documents, problems);
    Optional<Yaml> root = parsed.map(bundler::bundle);
    String bundled = root.isPresent() && bundler.isNeeded() ? YamlText.of(file, root.get()) : text;
    return new Bundle(root, problems, bundled);
  }

  /// The document; empty, with a problem, if the text is no YAML.
  public Optional<Yaml> root() {
    return root;
  }

  /// What is wrong with it so far, and where its reader tells more.
  public Problems problems() {
    return problems;
  }

  /// The document as text, which needs no other file: the contract's own if that is so already.
  public String text() {
    return text;
  }

  /// The files that a contract may refer to.
  public interface Folder {
    /// The text of a file; empty if there is none.
    ///
    /// @param path from the folder of the contract, never out of it
    Optional<String> read(Path path);
  }
}
