package dev.manyfactor.contract.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Reads one YAML 1.2 document, JSON included, into a tree that knows its lines.
///
/// Refused: a second document, duplicate keys, keys that are not text, tags of other types, and
/// anchors, which would give one value two places.
public final class YamlParser {
  /// More than any contract that a person reads; the largest public ones have a third of it.
  private static final int MOST_CHARACTERS = 32 << 20;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new CoreSchema())
          .setUseMarks(true)
          .setCodePointLimit(MOST_CHARACTERS)
          .setAllowDuplicateKeys(true) // reported below, all of them and with their lines
          .build();

  /// What the core schema of YAML 1.2 knows.
  private static final Set<Tag> TAGS =
      Set.of(Tag.MAP, Tag.SEQ, Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

  private final Problems problems;
  private final int before;

  private YamlParser(Problems problems, int before) {
    this.problems = problems;
    this.before = before;
  }

  /// The only value of the first file; empty, with a problem, if its text is not YAML or holds
  /// nothing.
  public static Optional<Yaml> parse(String text, Problems problems) {
    return parse("", text, problems);
  }

  /// The same of one more file.
  ///
  /// @param file as the build shall show it
  public static Optional<Yaml> parse(String file, String text, Problems problems) {
    YamlParser parser = new YamlParser(problems, problems.begin(file, text));
    try {
      Optional<Node> root = new Compose(SETTINGS).composeString(text);
      if (root.isEmpty()) {
        parser.problem(1, "the contract is empty");
      }
      return root.map(parser::convert);
    } catch (MarkedYamlEngineException notYaml) {
      int line = notYaml.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      parser.problem(line, "not valid YAML: " + oneLine(notYaml.getProblem()));
    } catch (YamlEngineException notYaml) {
      parser.problem(1, "not valid YAML: " + oneLine(String.valueOf(notYaml.getMessage())));
    }
    return Optional.empty();
  }

  private void problem(int line, String message) {
    problems.add(before + line, message);
  }

  private Yaml convert(Node node) {
    if (node.getAnchor().isPresent()) {
      problems.add(
          line(node), "anchors and aliases are not supported; write a component and $ref it");
    }
    if (!TAGS.contains(node.getTag())) {
      problems.add(
          line(node), "the tag %s is not supported; leave it out".formatted(node.getTag()));
    }
    return switch (node) {
      case MappingNode mapping -> mapping(mapping);
      case SequenceNode sequence ->
          new Yaml.Sequence(line(node), sequence.getValue().stream().map(this::convert).toList());
      case ScalarNode scalar -> new Yaml.Scalar(line(node), type(scalar), scalar.getValue());
      default ->
          new Yaml.Scalar(line(node), Yaml.Type.NOTHING, ""); // an alias; its anchor is a problem
    };
  }

  private Yaml.Mapping mapping(MappingNode mapping) {
    List<Yaml.Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      int line = line(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(line, "a key must be text");
      } else if (!keys.add(key.getValue())) {
        problems.add(line, "the key '%s' stands here twice; remove one".formatted(key.getValue()));
      } else {
        entries.add(
            new Yaml.Entry(key.getValue(), line, column(key), convert(tuple.getValueNode())));
      }
    }
    return new Yaml.Mapping(line(mapping), entries);
  }

  private static Yaml.Type type(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.INT)) {
      return Yaml.Type.WHOLE;
    } else if (tag.equals(Tag.FLOAT)) {
      return Yaml.Type.DECIMAL;
    } else if (tag.equals(Tag.BOOL)) {
      return Yaml.Type.TRUTH;
    } else if (tag.equals(Tag.NULL)) {
      return Yaml.Type.NOTHING;
    }
    return Yaml.Type.TEXT;
  }

  private int line(Node node) {
    return before + node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static int column(Node node) {
    return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
  }

  private static String oneLine(String message) {
    return message.strip().lines().findFirst().orElse("");
  }
}
