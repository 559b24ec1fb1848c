package dev.manyfactor.contract.model;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The types that generated code mentions without having made them.
///
/// A contract cannot use one of their names for a type of its own; in return every name in
/// generated code has one meaning, and its imports follow from its text.
public final class JavaTypes {
  private static final String JSON = "dev.manyfactor.json";
  private static final String WEB = "dev.manyfactor.web";

  /// For the types of the contract.
  private static final Map<String, String> OF_TYPES = new TreeMap<>();

  /// For its operations.
  private static final Map<String, String> OF_OPERATIONS = new TreeMap<>();

  static {
    in(OF_TYPES, "java.lang", "String", "Integer", "Long", "Boolean", "Override");
    in(OF_TYPES, "java.lang", "Double", "Deprecated", "SuppressWarnings");
    in(OF_TYPES, "java.math", "BigDecimal");
    in(OF_TYPES, "java.net", "URI");
    in(OF_TYPES, "java.time", "Instant", "LocalDate");
    in(OF_TYPES, "java.util", "List", "Map", "Optional", "UUID");
    in(OF_TYPES, "org.jspecify.annotations", "NullMarked", "Nullable");
    in(
        OF_TYPES,
        JSON,
        "Among",
        "Bytes",
        "Choice",
        "Codec",
        "Constant",
        "Decimal",
        "Entries",
        "Field",
        "Fields",
        "Int32",
        "Int64",
        "Items");
    in(
        OF_TYPES,
        JSON,
        "Float64",
        "JsonReader",
        "JsonValue",
        "JsonWriter",
        "Scalar",
        "Scalars",
        "Sensitive",
        "Text",
        "Values",
        "Variants");
    in(OF_OPERATIONS, "java.nio.charset", "StandardCharsets");
    in(OF_OPERATIONS, "java.time", "Duration");
    in(OF_OPERATIONS, "java.util", "Set");
    in(OF_OPERATIONS, "dev.manyfactor.context", "Context");
    in(OF_OPERATIONS, "dev.manyfactor.database", "Read", "Write", "Call");
    in(OF_OPERATIONS, WEB, "Access", "Action", "BodyRule", "Handler", "Idempotent", "Input");
    in(OF_OPERATIONS, WEB, "Download", "FormInput", "FormPart", "Upload");
    in(OF_OPERATIONS, WEB, "Method", "Operation", "Problem", "Response", "Routes");
  }

  private JavaTypes() {}

  /// The simple names that code of this kind mentions, none of which is free.
  public static Set<String> names(Kind kind) {
    return packages(kind).keySet();
  }

  /// The import that a use of this simple name needs; empty if none does.
  public static Optional<String> imported(Kind kind, String name) {
    return Optional.ofNullable(packages(kind).get(name))
        .filter(home -> !home.equals("java.lang"))
        .map(home -> home + "." + name);
  }

  private static Map<String, String> packages(Kind kind) {
    Map<String, String> packages = new TreeMap<>(OF_TYPES);
    if (kind == Kind.SERVER) {
      packages.putAll(OF_OPERATIONS);
    }
    return packages;
  }

  private static void in(Map<String, String> packages, String home, String... names) {
    for (String name : names) {
      packages.put(name, home);
    }
  }
}
