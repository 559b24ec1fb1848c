package dev.manyfactor.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import javax.xml.xpath.XPathNodes;
import org.xml.sax.SAXException;

/// The tree that is being built: its modules as the root pom lists them, its files as git sees
/// them.
final class Checkout {
  /// The folder that holds the root pom.
  static final Path ROOT = root();

  private Checkout() {}

  /// The modules that have Java sources, in the order of the root pom.
  static List<Module> modules() {
    return listedModules().stream().filter(Module::hasSources).toList();
  }

  /// The modules under `runtime/`, lowest first.
  static List<Module> runtime() {
    return modules().stream().filter(Module::isRuntime).toList();
  }

  /// The example services, which are built as a user's service is.
  static List<Module> examples() {
    return listedModules().stream().filter(Module::isExample).toList();
  }

  /// Every file that git tracks or would add, relative to [#ROOT].
  static List<String> files() {
    String listed =
        output(List.of("git", "ls-files", "--cached", "--others", "--exclude-standard"));
    return listed
        .lines()
        .distinct()
        .filter(file -> Files.isRegularFile(ROOT.resolve(file)))
        .toList();
  }

  /// The newest commits of this checkout, as `git log` tells them.
  static List<String> latestCommits() {
    return output(List.of("git", "log", "-50", "--format=%H")).lines().toList();
  }

  /// The text of a file, or an empty string where it is not text.
  static String text(String file) {
    try {
      byte[] bytes = Files.readAllBytes(ROOT.resolve(file));
      String text = new String(bytes, StandardCharsets.UTF_8);
      return text.indexOf('\0') < 0 ? text : "";
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// What an XPath finds in a pom of the tree, as text; it must find something.
  static List<String> inPom(String path, String expression) {
    try {
      var pom =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(ROOT.resolve(path).toFile());
      var found =
          XPathFactory.newInstance()
              .newXPath()
              .evaluateExpression(expression, pom, XPathNodes.class);
      List<String> values = new ArrayList<>();
      found.forEach(node -> values.add(node.getTextContent().strip()));
      if (values.isEmpty()) {
        throw new AssertionError(path + " has nothing at " + expression);
      }
      return values;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (ParserConfigurationException | SAXException | XPathExpressionException failure) {
      throw new IllegalStateException(path + " cannot be read", failure);
    }
  }

  private static List<Module> listedModules() {
    return inPom("pom.xml", "//module").stream().map(Module::new).toList();
  }

  private static String output(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(ROOT.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + " failed");
      }
      return output;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopping) {
      throw new IllegalStateException(stopping);
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("no folder above this one holds mvnw");
      }
    }
    return folder;
  }
}
