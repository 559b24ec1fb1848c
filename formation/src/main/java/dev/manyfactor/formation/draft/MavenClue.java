package dev.manyfactor.formation.draft;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `pom.xml`: a jar to be built.
final class MavenClue implements Clue {
  private static final String FILE = "pom.xml";
  private static final Pattern VERSION =
      Pattern.compile(
          "<(?:maven\\.compiler\\.release|java\\.version|release|maven\\.compiler\\.target)>\\s*([0-9]+)");
  private static final Pattern PARENT = Pattern.compile("(?s)<parent>.*?</parent>");
  private static final String DEFAULT_VERSION = "25";

  @Override
  public void look(Folder folder, Draft draft) {
    if (!folder.has(FILE)) {
      return;
    }
    String whole = folder.text(FILE);
    Matcher version = VERSION.matcher(whole);
    draft.runtime("java", version.find() ? version.group(1) : DEFAULT_VERSION, FILE);
    if (draft.hasProcesses()) {
      return;
    }
    String own = PARENT.matcher(whole).replaceAll("");
    String jar =
        element(own, "finalName")
            .filter(name -> !name.contains("$"))
            .orElse(
                "%s-%s"
                    .formatted(
                        element(own, "artifactId").orElse("service"),
                        element(own, "version").or(() -> element(whole, "version")).orElse("1")));
    String command = folder.has("mvnw") ? "./mvnw" : "mvn";
    draft.made(command + " -B package -DskipTests", "target/" + jar + ".jar", FILE);
    draft.process("web", "java -jar target/%s.jar".formatted(jar), true, FILE);
    draft.ask("build.artifact: whether the build makes a jar of this name that runs by itself");
  }

  private static Optional<String> element(String text, String name) {
    Matcher found =
        Pattern.compile("<%s>\\s*([\\w.-]+)\\s*</%s>".formatted(name, name)).matcher(text);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
