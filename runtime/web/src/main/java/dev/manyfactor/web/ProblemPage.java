package dev.manyfactor.web;

import java.util.Optional;
import java.util.regex.Pattern;

/// What a kind of problem means, for the person who meets one.
///
/// @param title the kind in words
/// @param summary its type and status
/// @param meaning what is wrong
/// @param remedy what the client should do
/// @param repeat whether the same request may be sent again
record ProblemPage(String title, String summary, String meaning, String remedy, String repeat) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+){0,9}");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final int LONGEST_NAME = 80;

  /// The page of the kind with this name: one of the server's, or one of the service's own, which
  /// its contract explains. Empty for what is no name of a problem.
  static Optional<ProblemPage> of(String name) {
    return Fault.named(name).map(Fault::page).or(() -> ofService(name));
  }

  private static Optional<ProblemPage> ofService(String name) {
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    Problem kind = Problem.of(400, name, "");
    return Optional.of(
        new ProblemPage(
            kind.title(),
            "`" + kind.type() + "`, if this service reports it, is a rule of its own.",
            "The request is well-formed, but a rule of the service stands against it; `detail` says"
                + " which.",
            "See the description of the answer's status in `/openapi.yaml`.",
            "The same request gets the same answer until what `detail` says has changed. With an"
                + " `Idempotency-Key` the answer is kept: use a new key for a new attempt."));
  }

  /// The page as Markdown.
  String markdown() {
    return "# " + title + "\n\n" + text();
  }

  /// The page as Markdown without its title.
  String text() {
    return "%s\n\n%s\n\n**What to do.** %s\n\n**May the same request be sent again?** %s\n"
        .formatted(summary, meaning, remedy, repeat);
  }

  /// The page as HTML, without scripts, styles or anything else to load.
  String html() {
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <meta name="color-scheme" content="light dark">
    <title>%1$s</title>
    <h1>%1$s</h1>
    <p>%2$s</p>
    <h2>What it means</h2>
    <p>%3$s</p>
    <h2>What to do</h2>
    <p>%4$s</p>
    <h2>May the same request be sent again?</h2>
    <p>%5$s</p>
    </html>
    """
        .formatted(html(title), html(summary), html(meaning), html(remedy), html(repeat));
  }

  private static String html(String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return CODE.matcher(escaped).replaceAll("<code>$1</code>");
  }
}
