package dev.manyfactor.journey;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The commands of the README, to be run as they stand there.
///
/// One thing is changed: the port 8080 may be taken on the machine that runs the tests, so another
/// takes its place, in `mf up` by `--port` and in each address.
///
/// @param section what stands under the heading "60 seconds"
/// @param port takes the place of 8080
record Readme(String section, int port) {
  private static final String HEADING = "## 60 seconds\n";
  private static final Pattern BLOCK = Pattern.compile("(?m)^```sh\\n((?s).*?)^```");

  static Readme withPort(int port) {
    String text = Tree.text(Tree.ROOT.resolve("README.md"));
    String section = text.substring(text.indexOf(HEADING) + HEADING.length());
    return new Readme(section.substring(0, section.indexOf("\n## ")), port);
  }

  /// The one command under the heading "Does it hold?".
  static String proof() {
    String text = Tree.text(Tree.ROOT.resolve("README.md"));
    Matcher block = BLOCK.matcher(text);
    if (!block.find(text.indexOf("## Does it hold?"))) {
      throw new IllegalStateException("the README shows no proof");
    }
    return block.group(1);
  }

  /// What is typed in a clone, block by block. The first block is that of [#up()].
  List<String> blocks() {
    return BLOCK
        .matcher(section)
        .results()
        .map(block -> block.group(1).replaceAll("(?m)^git clone .*\\n", ""))
        .map(block -> block.replace("./mf up ", "./mf up --port " + port + " "))
        .map(block -> block.replace("localhost:8080", "localhost:" + port))
        .toList();
  }

  /// The one command of the first block behind `git clone`.
  String up() {
    return blocks().getFirst().strip();
  }
}
