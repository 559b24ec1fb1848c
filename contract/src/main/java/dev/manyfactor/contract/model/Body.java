package dev.manyfactor.contract.model;

import java.util.List;

/// What comes with a request beside its parameters.
public sealed interface Body {
  /// Whether it must be there.
  boolean required();

  /// What it is, in Markdown; may be empty.
  String description();

  /// A JSON document.
  record Json(Type type, boolean required, String description) implements Body {}

  /// A file that is the whole of it.
  ///
  /// @param mediaTypes what it may be, such as `image/png` or `image/*`
  /// @param maxBytes the largest that is taken
  record File(List<String> mediaTypes, long maxBytes, boolean required, String description)
      implements Body {
    /// Copies the list.
    public File {
      mediaTypes = List.copyOf(mediaTypes);
    }
  }

  /// A form with files: `multipart/form-data`. It is always there.
  ///
  /// @param parts in the order of the contract
  record Form(List<Part> parts, String description) implements Body {
    /// Copies the list.
    public Form {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean required() {
      return true;
    }
  }

  /// What a form has under one name.
  ///
  /// @param name as it stands in the form, such as `front_page`
  /// @param component its Java name, such as `frontPage`
  record Part(
      String name,
      String component,
      Content content,
      Presence presence,
      String description,
      boolean deprecated) {
    /// The name of a variable for it, which no parameter has.
    public String variable() {
      return "body" + Character.toUpperCase(component.charAt(0)) + component.substring(1);
    }
  }

  /// What a part holds.
  sealed interface Content {
    /// A value or a list of values, each as text.
    record Field(Type type) implements Content {}

    /// A JSON document.
    record Document(Type type) implements Content {}

    /// One file.
    record OneFile(FileRule rule) implements Content {}

    /// Several files.
    record Files(FileRule rule, int atLeast, int atMost) implements Content {}
  }

  /// What a file may be.
  ///
  /// @param mediaTypes such as `image/png` or `image/*`; none for anything
  /// @param maxBytes the largest that is taken
  record FileRule(List<String> mediaTypes, long maxBytes) {
    /// Copies the list.
    public FileRule {
      mediaTypes = List.copyOf(mediaTypes);
    }
  }
}
