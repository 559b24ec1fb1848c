package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Outcome;
import dev.manyfactor.contract.source.Yaml;
import java.util.Optional;

/// Reads the media type of a file that a response has.
final class DownloadReader {
  private final Components components;

  DownloadReader(Components components) {
    this.components = components;
  }

  Outcome.Content read(Node response, Yaml.Entry media) {
    Optional<Node> node = Node.of(media.key(), media, response.problems());
    node.ifPresent(found -> found.only(Keywords.FILE_MEDIA));
    node.flatMap(found -> found.entry("schema"))
        .flatMap(
            schema -> components.follow(response.name(), schema.line(), schema.value(), "schemas"))
        .ifPresent(DownloadReader::check);
    if (media.key().contains("*")) {
      response
          .problems()
          .add(
              media.line(),
              "%s: what is sent has one media type, such as image/png; write it instead of %s"
                  .formatted(response.name(), media.key()));
    }
    return new Outcome.Content.Download(media.key());
  }

  private static void check(Node schema) {
    FileReader.read(schema, Optional.empty());
    if (schema.has("maxLength")) {
      schema.problem("maxLength", "what is sent has the length that it has; leave it out");
    }
  }
}
