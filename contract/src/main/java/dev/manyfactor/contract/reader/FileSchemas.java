package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.source.Yaml;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells schemas of files from schemas of JSON: `format: binary`, or a `contentMediaType` that is
/// neither text nor JSON, without a `contentEncoding` that would make text of it.
///
/// Looks only; whoever reads the schema reports what is wrong with it.
final class FileSchemas {
  /// The largest file where the contract names no bound.
  static final long USUAL_MAX_BYTES = 10L << 20;

  private static final int DEEPEST_REFERENCE = 8;
  private static final String COMPONENT = "#/components/schemas/";
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-z0-9.+_-]+/([a-z0-9.+_-]+|\\*)|\\*/\\*");
  private static final Set<String> UNTYPED = Set.of("type", "maxLength", "title", "description");
  private static final Set<String> DOCUMENTS =
      Set.of("application/json", "application/problem+json", "application/x-www-form-urlencoded");

  private final Components components;

  FileSchemas(Components components) {
    this.components = components;
  }

  /// Whether a media type of a body, with what stands under it, is that of a file: then it has no
  /// schema, an empty one, that of a file, or, if it is no text, that of a plain string.
  boolean isMedia(Yaml.Entry media) {
    String type = media.key();
    boolean isDocument =
        DOCUMENTS.contains(type) || type.endsWith("+json") || type.startsWith("multipart/");
    if (isDocument || !MEDIA_TYPE.matcher(type).matches()) {
      return false;
    }
    Optional<Yaml> schema = child(media.value(), "schema");
    if (schema.isPresent() && !isUntyped(schema.get())) {
      return isFile(schema.get());
    }
    return !type.startsWith("text/"); // which is a string, unless it says that it is a file
  }

  /// Whether it is a file, or a reference to one.
  boolean isFile(Yaml schema) {
    Yaml meant = meant(schema);
    return text(meant, "format").filter("binary"::equals).isPresent()
        || (text(meant, "contentMediaType").filter(FileSchemas::isNoText).isPresent()
            && child(meant, "contentEncoding").isEmpty());
  }

  private static boolean isNoText(String mediaType) {
    return !mediaType.startsWith("text/")
        && !mediaType.equals("application/json")
        && !mediaType.endsWith("+json");
  }

  /// Whether it is a list of files.
  boolean isList(Yaml schema) {
    Yaml meant = meant(schema);
    return text(meant, "type").filter("array"::equals).isPresent()
        && child(meant, "items").filter(this::isFile).isPresent();
  }

  /// Whether it is an object that has files, so that JSON cannot carry it.
  private boolean isForm(Yaml schema) {
    return child(meant(schema), "properties").stream()
        .flatMap(properties -> Yaml.entries(properties).stream())
        .map(Yaml.Entry::value)
        .anyMatch(property -> isFile(property) || isList(property));
  }

  /// Whether it is a file or has one, so that it can only stand where files can.
  boolean isOnlyForFiles(Yaml schema) {
    return isFile(schema) || isList(schema) || isForm(schema);
  }

  /// Whether it says nothing at all.
  static boolean isEmpty(Yaml schema) {
    return schema instanceof Yaml.Mapping && Yaml.entries(schema).isEmpty();
  }

  /// Whether it says nothing that is not said of files too, such as that it is a string.
  private static boolean isUntyped(Yaml schema) {
    return schema instanceof Yaml.Mapping
        && text(schema, "type").orElse("string").equals("string")
        && Yaml.entries(schema).stream().allMatch(entry -> UNTYPED.contains(entry.key()));
  }

  /// What a reference leads to.
  private Yaml meant(Yaml schema) {
    Yaml meant = schema;
    for (int depth = 0; depth < DEEPEST_REFERENCE; depth++) {
      Optional<String> name =
          text(meant, "$ref")
              .filter(reference -> reference.startsWith(COMPONENT))
              .map(reference -> reference.substring(COMPONENT.length()));
      Optional<Yaml> next = name.flatMap(this::component);
      if (next.isEmpty()) {
        return meant;
      }
      meant = next.get();
    }
    return meant;
  }

  private Optional<Yaml> component(String name) {
    List<Yaml.Entry> all = components.all("schemas");
    return all.stream()
        .filter(entry -> entry.key().equals(name))
        .map(Yaml.Entry::value)
        .findFirst();
  }

  private static Optional<String> text(Yaml owner, String key) {
    return child(owner, key)
        .filter(Yaml.Scalar.class::isInstance)
        .map(value -> ((Yaml.Scalar) value).text());
  }

  private static Optional<Yaml> child(Yaml owner, String key) {
    return owner instanceof Yaml.Mapping mapping
        ? mapping.entry(key).map(Yaml.Entry::value)
        : Optional.empty();
  }
}
