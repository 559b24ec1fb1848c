package dev.manyfactor.contract.source;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Writes a document as YAML that readers of 1.1 and 1.2 understand alike.
final class YamlText {
  private static final DumpSettings SETTINGS =
      DumpSettings.builder().setSchema(new CoreSchema()).setWidth(120).build();

  /// Text that no version of YAML takes for anything else, but for these words.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z/$][A-Za-z0-9/_. -]*[A-Za-z0-9_]");

  private static final Set<String> WORDS =
      Set.of("yes", "no", "on", "off", "true", "false", "null");

  private YamlText() {}

  /// @param file the contract that it was made of
  static String of(String file, Yaml root) {
    String notice = "# Made of %s and the files that it refers to.\n".formatted(name(file));
    return notice
        + new Present(SETTINGS)
            .emitToString(new Serialize(SETTINGS).serializeOne(node(root)).iterator());
  }

  private static String name(String file) {
    return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  }

  private static Node node(Yaml value) {
    return switch (value) {
      case Yaml.Mapping mapping ->
          new MappingNode(
              Tag.MAP, mapping.entries().stream().map(YamlText::tuple).toList(), FlowStyle.BLOCK);
      case Yaml.Sequence sequence -> {
        List<Node> items = sequence.items().stream().map(YamlText::node).toList();
        yield new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK);
      }
      case Yaml.Scalar scalar -> scalar(scalar);
    };
  }

  private static NodeTuple tuple(Yaml.Entry entry) {
    return new NodeTuple(text(entry.key()), node(entry.value()));
  }

  private static Node scalar(Yaml.Scalar scalar) {
    return switch (scalar.type()) {
      case TEXT -> text(scalar.text());
      case WHOLE -> new ScalarNode(Tag.INT, scalar.text(), ScalarStyle.PLAIN);
      case DECIMAL -> new ScalarNode(Tag.FLOAT, scalar.text(), ScalarStyle.PLAIN);
      case TRUTH -> new ScalarNode(Tag.BOOL, scalar.text(), ScalarStyle.PLAIN);
      case NOTHING -> new ScalarNode(Tag.NULL, "null", ScalarStyle.PLAIN);
    };
  }

  private static Node text(String text) {
    boolean isPlain =
        PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
    boolean isLong = text.contains("\n") && text.lines().noneMatch(line -> line.endsWith(" "));
    ScalarStyle style = isPlain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED;
    return new ScalarNode(Tag.STR, text, isLong ? ScalarStyle.LITERAL : style);
  }
}
