package dev.manyfactor.fuzz.judge;

import dev.manyfactor.fuzz.generate.Draft;
import dev.manyfactor.fuzz.wire.Reply;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds what no caller should see: names of classes, stack frames, SQL, paths of files.
final class Leaks {
  private static final int LONGEST = 50_000;
  private static final List<Pattern> INTERNALS =
      List.of(
          Pattern.compile(
              "\\b(java|javax|jdk|dev\\.manyfactor|org\\.(eclipse|postgresql|slf4j)|com\\.(zaxxer|nimbusds)|tools\\.jackson)\\.[a-zA-Z]"),
          Pattern.compile("\\b[A-Z][A-Za-z]{1,60}(Exception|Error)\\b"),
          Pattern.compile("\\bat [a-z]+(\\.[A-Za-z0-9$]+)+\\("),
          Pattern.compile("\\.java\\b|\\.jar\\b|\\$\\$Lambda"),
          Pattern.compile(
              "(?i)\\bselect .+ from\\b|\\binsert into\\b|\\bupdate .+ set\\b|\\bpsql|\\bpostgres|\\bjdbc:|\\bhikari|SQLSTATE|violates .* constraint|relation \""),
          Pattern.compile(
              "(?i)\\bjetty\\b|/(home|tmp|root|usr|var|opt)/|127\\.0\\.0\\.1|localhost:[0-9]"));

  private Leaks() {}

  /// The body, where it is text; of a long one the beginning.
  private static String text(Reply.Answer answer) {
    String type = answer.header("Content-Type").orElse("");
    if (type.equals("application/octet-stream")) {
      return "";
    }
    String text = answer.text();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  /// What the answer shows that the request did not say.
  static Optional<Fault> in(Reply.Answer answer, String request) {
    String shown = answer.headers() + "\n" + text(answer).replace("\\\"", "\"");
    for (Pattern internal : INTERNALS) {
      Matcher matcher = internal.matcher(shown);
      while (matcher.find()) {
        if (!request.contains(matcher.group())) {
          return Optional.of(new Fault("leak", "shows " + matcher.group()));
        }
      }
    }
    if (answer.status() >= 400 && shown.contains(Draft.SENSITIVE)) {
      return Optional.of(new Fault("leak", "shows a value that is sensitive"));
    }
    return answer.header("Server").map(it -> new Fault("leak", "names the server: " + it));
  }
}
