package dev.manyfactor.formation;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.serialization.NodeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Reads `manyfactor.yaml`: the text, its shape by the JSON Schema, then its sense.
final class ManifestReader {
  private static final long SIZE_LIMIT = 256 * 1024;
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final NodeReader NODES =
      NodeReader.builder().yamlMapper(YAML).locationAware().build();

  private ManifestReader() {}

  /// Reads the manifest that lies in `folder`.
  static Manifest read(Path folder) {
    Path file = folder.resolve(Manifest.FILE);
    String text = text(file);
    ManifestProblems problems = new ManifestProblems(file);
    JsonNode tree = parse(text, problems);
    Shape.SCHEMA.validate(tree).forEach(error -> problems.add(error, Shape.SCHEMA));
    problems.throwIfAny();
    Manifest manifest = new ManifestMapping(folder, problems).map(tree);
    problems.throwIfAny();
    return manifest;
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > SIZE_LIMIT) {
        throw new FormationException(
            ExitCode.CONFIG, "%s is larger than 256 KiB; a manifest is a page".formatted(file));
      }
      return Files.readString(file);
    } catch (IOException failure) {
      throw new FormationException(
          ExitCode.CONFIG,
          "cannot read %s: %s; it must be a text file in UTF-8 that you may read"
              .formatted(file, FormationException.reason(failure)));
    }
  }

  private static JsonNode parse(String text, ManifestProblems problems) {
    try {
      refuseAliases(text, problems);
      JsonNode tree = NODES.readTree(text, InputFormat.YAML);
      problems.throwIfAny();
      return tree;
    } catch (JacksonException malformed) {
      TokenStreamLocation place = malformed.getLocation();
      problems.add(
          place.getLineNr(), place.getColumnNr(), sentence(malformed.getOriginalMessage()));
      throw problems.exception();
    }
  }

  /// The tree reader takes `*alias` for a string; better to refuse it than to guess.
  private static void refuseAliases(String text, ManifestProblems problems) {
    try (YAMLParser parser = (YAMLParser) YAML.createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias()) {
          TokenStreamLocation place = parser.currentTokenLocation();
          problems.add(
              place.getLineNr(), place.getColumnNr(), "aliases are not supported; write it out");
        }
      }
    }
  }

  /// What the parser says: the places and the excerpts it puts between are left out.
  private static String sentence(String message) {
    return message
        .lines()
        .filter(line -> !line.startsWith(" ") && !line.isBlank())
        .collect(Collectors.joining(": "));
  }

  /// Loaded when first needed: the schema costs a few dozen milliseconds.
  private static final class Shape {
    static final Schema SCHEMA = load();

    private static Schema load() {
      try (InputStream file = Manifest.class.getResourceAsStream("manyfactor.schema.json")) {
        if (file == null) {
          throw new IllegalStateException("manyfactor.schema.json is not in the jar");
        }
        String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        return SchemaRegistry.withDialect(Dialects.getDraft202012())
            .getSchema(text, InputFormat.JSON);
      } catch (IOException unreadable) {
        throw new IllegalStateException(unreadable);
      }
    }
  }
}
