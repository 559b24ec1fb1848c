package dev.manyfactor.architecture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One Markdown file, and what in it must exist: link targets, paths of the tree, commands.
///
/// @param path its place in the tree, relative to `root`
/// @param text its content
/// @param root the folder that the paths in it start from
record Document(String path, String text, Path root) {
  /// Programs that a reader has or installs; anything else in a command must be a file of the tree.
  private static final Set<String> PROGRAMS =
      Set.of("cd", "curl", "env", "export", "git", "java", "kill", "mkdir", "psql", "sed", "sleep");

  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("`([^`\\s]+)`");
  private static final Pattern SHELL = Pattern.compile("(?m)^```sh\\n((?s).*?)^```");
  private static final Pattern FENCED = Pattern.compile("(?m)^```(?s).*?^```");
  private static final Pattern MADE_UP = Pattern.compile("[<>*{}$…]|\\.\\.\\.");
  private static final Pattern CAPTURED = Pattern.compile("^[A-Z_]+=\\$\\((.*)");
  // a clone of this tree, as it is called from the folder around it or beside it
  private static final String CLONE = "^(\\.\\./)?manyfactor/";
  private static final Pattern VERB = Pattern.compile("name = \"([a-z-]+)\"");

  /// A Markdown file of the checkout.
  static Document of(String path) {
    return new Document(path, Checkout.text(path), Checkout.ROOT);
  }

  /// Links and paths that lead nowhere.
  List<String> brokenPaths() {
    Path folder = root.resolve(path).resolveSibling("");
    String prose = FENCED.matcher(text).replaceAll("");
    Stream<String> links =
        all(LINK, prose).filter(link -> !link.contains("://") && !link.startsWith("mailto:"));
    Stream<String> codes = all(CODE, prose).filter(this::namesTheTree);
    return Stream.concat(
            links.filter(link -> !leadsSomewhere(folder, link)),
            codes.filter(code -> !Files.exists(root.resolve(code))))
        .map(target -> path + ": " + target)
        .toList();
  }

  /// Commands in `sh` blocks that name no program, module or verb there is.
  List<String> brokenCommands() {
    return all(SHELL, text)
        .map(block -> block.replace("\\\n", " ")) // a command may go on in the next line
        .flatMap(String::lines)
        .map(line -> line.replaceFirst("\\s+#.*", "").strip())
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .filter(line -> !Arrays.stream(line.split("\\s+(&&|\\|)\\s+")).allMatch(this::canRun))
        .map(line -> path + ": " + line)
        .toList();
  }

  private boolean canRun(String line) {
    String command = CAPTURED.matcher(line).replaceFirst("$1").replaceFirst(CLONE, "./");
    List<String> words = new ArrayList<>(List.of(command.split("\\s+")));
    words.removeIf(word -> word.matches("[A-Z_]+=.*"));
    return words.isEmpty()
        || switch (words.getFirst()) {
          case "./mvnw" -> isExecutable("mvnw") && modulesExist(words);
          case "./mf" -> isExecutable("mf") && words.size() > 1 && verbs().contains(words.get(1));
          case String program when program.startsWith("./") || program.contains("/") ->
              isExecutable(program);
          case String program -> PROGRAMS.contains(program);
        };
  }

  private boolean modulesExist(List<String> words) {
    int option = words.indexOf("-pl");
    return option < 0
        || Arrays.stream(words.get(option + 1).split(","))
            .allMatch(module -> Files.exists(root.resolve(module).resolve("pom.xml")));
  }

  private boolean isExecutable(String program) {
    return Files.isRegularFile(root.resolve(program)) && Files.isExecutable(root.resolve(program));
  }

  private static List<String> verbs() {
    return Checkout.files().stream()
        .filter(file -> file.startsWith("cli/src/main/java/"))
        .flatMap(file -> all(VERB, Checkout.text(file)))
        .toList();
  }

  private boolean namesTheTree(String code) {
    String first = code.replaceFirst("^\\./", "").replaceFirst("/.*", "");
    return code.contains("/")
        && !first.isEmpty()
        && !MADE_UP.matcher(code).find()
        && Files.exists(root.resolve(first));
  }

  private boolean leadsSomewhere(Path folder, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? root.resolve(path) : folder.resolve(parts[0]);
    return Files.exists(target) && (parts.length == 1 || headings(target).contains(parts[1]));
  }

  private List<String> headings(Path target) {
    String markdown =
        target.equals(root.resolve(path))
            ? text
            : Checkout.text(root.relativize(target.normalize()).toString());
    return markdown
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ *", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  private static Stream<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
  }
}
