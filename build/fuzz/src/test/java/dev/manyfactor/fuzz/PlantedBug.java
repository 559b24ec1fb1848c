package dev.manyfactor.fuzz;

import dev.manyfactor.fuzz.document.Octets;
import dev.manyfactor.fuzz.generate.Draft.Header;
import dev.manyfactor.fuzz.wire.Reply;
import dev.manyfactor.fuzz.wire.Sending;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A bug that a service might have, put into the answers of one that has it not.
///
/// @param rule what it must be found as
/// @param where the answers that have it
/// @param bug what becomes of them
record PlantedBug(
    String name, String rule, Predicate<Reply.Answer> where, Function<Reply.Answer, Reply> bug)
    implements UnaryOperator<Sending> {

  /// All of them.
  static List<PlantedBug> all() {
    return List.of(
        new PlantedBug(
            "field missing",
            "schema",
            it -> is(it, 200, 201),
            it -> body(it, text -> without(text, "\"radius\""))),
        new PlantedBug(
            "field of wrong type",
            "schema",
            it -> is(it, 200),
            it -> body(it, text -> text.replace("\"whole\":", "\"whole\":\"\",\"x\":"))),
        new PlantedBug("no json", "schema", it -> is(it, 201), it -> body(it, text -> text + "}")),
        new PlantedBug("fails on some input", "failure", it -> is(it, 202), it -> status(it, 500)),
        new PlantedBug("dependency shows", "failure", it -> is(it, 204), it -> status(it, 503)),
        new PlantedBug(
            "undeclared status", "undeclared-status", it -> is(it, 200), it -> status(it, 203)),
        new PlantedBug(
            "place misspelt",
            "wrong-place",
            it -> is(it, 400),
            it -> body(it, text -> text.replace("\"pointer\":\"/", "\"pointer\":\"/x"))),
        new PlantedBug(
            "place missing",
            "wrong-place",
            it -> is(it, 400),
            it -> body(it, text -> text.replaceFirst("\\{\"pointer\":\"[^}]*}", ""))),
        new PlantedBug(
            "another place too",
            "wrong-place",
            it -> is(it, 400),
            it ->
                body(
                    it,
                    text ->
                        text.replace(
                            "\"errors\":[",
                            "\"errors\":[{\"pointer\":\"/also\",\"rule\":\"x\",\"detail\":\"x\"},"))),
        new PlantedBug(
            "broken is served", "wrong-status", it -> is(it, 400, 401, 403), it -> status(it, 404)),
        new PlantedBug("valid is refused", "not-served", it -> is(it, 200), it -> status(it, 406)),
        new PlantedBug(
            "sql shows",
            "leak",
            it -> is(it, 400),
            it ->
                body(
                    it,
                    text ->
                        text.replace(
                            "\"detail\":\"",
                            "\"detail\":\"ERROR: relation \\\"kept\\\" does not exist "))),
        new PlantedBug(
            "stack shows",
            "leak",
            it -> is(it, 400),
            it ->
                body(
                    it,
                    text ->
                        text.replace(
                            "\"detail\":\"",
                            "\"detail\":\"at dev.manyfactor.web.Input.body(Input.java:7) "))),
        new PlantedBug(
            "path shows",
            "leak",
            it -> is(it, 415),
            it ->
                body(it, text -> text.replace("\"detail\":\"", "\"detail\":\"/opt/service/lib "))),
        new PlantedBug(
            "server shows", "leak", it -> is(it, 200), it -> header(it, "Server", "Something/1.0")),
        new PlantedBug(
            "no trace id",
            "trace-id",
            it -> is(it, 400),
            it -> body(it, text -> text.replace("\"trace_id\"", "\"trace\""))),
        new PlantedBug(
            "other trace id",
            "trace-id",
            it -> is(it, 400),
            it -> body(it, text -> text.replaceAll("(\"trace_id\":\")[0-9a-f]{8}", "$100000000"))),
        new PlantedBug(
            "problem of other status",
            "problem",
            it -> is(it, 405),
            it -> body(it, text -> text.replace("405", "400"))),
        new PlantedBug(
            "problem in html",
            "content-type",
            it -> is(it, 404),
            it -> header(it, "Content-Type", "text/html")),
        new PlantedBug(
            "type of other problem",
            "wrong-type",
            it -> is(it, 415),
            it -> body(it, text -> text.replace("unsupported-media-type", "bad-request"))),
        new PlantedBug(
            "no location", "header", it -> is(it, 201), it -> header(it, "Location", "")),
        new PlantedBug(
            "header of wrong type",
            "header",
            it -> is(it, 201),
            it -> header(it, "X-Size", "many")),
        new PlantedBug("no allow", "allow", it -> is(it, 405), it -> header(it, "Allow", "")),
        new PlantedBug(
            "no challenge",
            "www-authenticate",
            it -> is(it, 401),
            it -> header(it, "WWW-Authenticate", "")),
        new PlantedBug(
            "replay not said",
            "not-replayed",
            it -> is(it, 200, 201),
            it -> header(it, "Idempotent-Replayed", "")),
        new PlantedBug("hangs", "hang", it -> is(it, 403), _ -> new Reply.Silence()),
        new PlantedBug(
            "hangs up",
            "no-answer",
            it -> is(it, 413),
            _ -> new Reply.Broken("nothing more came")));
  }

  @Override
  public Sending apply(Sending service) {
    return draft -> spoiled(service.send(draft));
  }

  private Reply spoiled(Reply reply) {
    return reply instanceof Reply.Answer answer && where.test(answer) ? bug.apply(answer) : reply;
  }

  @Override
  public String toString() {
    return name;
  }

  private static boolean is(Reply.Answer answer, int... statuses) {
    for (int status : statuses) {
      if (answer.status() == status) {
        return true;
      }
    }
    return false;
  }

  private static Reply body(Reply.Answer answer, UnaryOperator<String> change) {
    byte[] changed = change.apply(answer.body().text()).getBytes(StandardCharsets.UTF_8);
    return new Reply.Answer(answer.status(), answer.headers(), Octets.of(changed));
  }

  private static Reply status(Reply.Answer answer, int status) {
    return new Reply.Answer(status, answer.headers(), answer.body());
  }

  /// With another value; none for an empty one.
  private static Reply header(Reply.Answer answer, String name, String value) {
    Stream<Header> others =
        answer.headers().stream().filter(header -> !header.name().equalsIgnoreCase(name));
    Stream<Header> changed =
        Optional.of(new Header(name, value)).filter(it -> !it.value().isEmpty()).stream();
    List<Header> headers = Stream.concat(others, changed).toList();
    return new Reply.Answer(answer.status(), headers, answer.body());
  }

  private static String without(String text, String name) {
    return text.replaceAll(name + ":[0-9.E-]+,?", "\"gone\":0,").replace(",}", "}");
  }
}
