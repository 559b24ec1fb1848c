package dev.manyfactor.contract.source;

import dev.manyfactor.contract.source.Documents.Found;
import dev.manyfactor.contract.source.Documents.Target;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Makes one document of several: what a `$ref` to another file points to becomes a component of
/// the same name, once, however many lead to it.
final class Bundler {
  /// Where a component is in the document.
  private record Home(String section, String name) {
    String reference() {
      return "#/components/" + section + "/" + name;
    }
  }

  private record Moved(Home home, Found found) {}

  private final Documents documents;
  private final Problems problems;
  private final Map<Target, Home> homeByTarget = new HashMap<>();
  private final Map<Home, Integer> lineByHome = new HashMap<>();
  private final Deque<Moved> moved = new ArrayDeque<>();
  private boolean isNeeded;

  Bundler(Documents documents, Problems problems) {
    this.documents = documents;
    this.problems = problems;
  }

  /// Whether the document differs from the contract's own file.
  boolean isNeeded() {
    return isNeeded;
  }

  Yaml bundle(Yaml root) {
    for (Yaml.Entry section : Components.of(root)) {
      Yaml.entries(section.value()).forEach(component -> claim(section.key(), component));
    }
    Path main = documents.main();
    Components bundled = new Components(new Rewriting(target -> reference(main, target)).all(root));
    while (!moved.isEmpty()) {
      Moved next = moved.remove();
      Path document = next.found().target().document();
      Rewriting rewriting = new Rewriting(target -> reference(document, target));
      Home home = next.home();
      Yaml value = rewriting.part(home.section(), next.found().value());
      bundled.put(home.section(), new Yaml.Entry(home.name(), next.found().line(), 1, value));
    }
    return bundled.root();
  }

  /// A component of the contract's own file keeps its name; if it is nothing but a `$ref` to
  /// another file, it becomes what that points to.
  private void claim(String section, Yaml.Entry component) {
    Home home = new Home(section, component.key());
    lineByHome.put(home, component.line());
    Documents.only(component.value())
        .filter(only -> !Rewriting.text(only).startsWith("#"))
        .flatMap(only -> documents.find(documents.main(), Rewriting.text(only), only.line()))
        .filter(found -> !found.target().document().equals(documents.main()))
        .filter(found -> homeByTarget.putIfAbsent(found.target(), home) == null)
        .ifPresent(found -> moved.add(new Moved(home, found)));
  }

  /// What a `$ref` in `document` becomes; itself if it has a problem.
  private String reference(Path document, Rewriting.Use use) {
    boolean isInside = use.reference().startsWith("#");
    if (isInside && document.equals(documents.main())) {
      return use.reference();
    }
    isNeeded = true;
    Optional<Found> found = documents.find(document, use.reference(), use.line());
    if (found.isEmpty()) {
      return isInside ? document + use.reference() : use.reference();
    }
    Target target = found.get().target();
    return target.document().equals(documents.main())
        ? "#" + target.pointer()
        : homeByTarget.computeIfAbsent(target, _ -> newHome(use, found.get())).reference();
  }

  private Home newHome(Rewriting.Use use, Found found) {
    Target target = found.target();
    String[] parts = target.pointer().split("/", -1);
    boolean isComponent = parts.length == 4 && parts[1].equals("components");
    Home home = new Home(isComponent ? parts[2] : use.section(), target.name());
    Integer former = lineByHome.put(home, found.line());
    if (former == null) {
      moved.add(new Moved(home, found));
    } else {
      problems.add(
          found.line(),
          "components/%s has another '%s' at %s, and a contract becomes one document; rename one of them"
              .formatted(home.section(), home.name(), problems.place(found.line(), former)));
    }
    return home;
  }
}
