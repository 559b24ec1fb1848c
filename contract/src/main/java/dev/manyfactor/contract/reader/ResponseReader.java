package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Outcome;
import dev.manyfactor.contract.model.Outcome.Content;
import dev.manyfactor.contract.model.Type;
import dev.manyfactor.contract.source.Problems;
import dev.manyfactor.contract.source.Yaml;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the responses of an operation: the outcomes that its handler chooses from.
///
/// `default` stands for what the runtime itself answers (400, 401, 403, 503, …), as `4XX` and `5XX`
/// do together; it has to be there, since those answers are part of the contract too, and makes no
/// outcome.
final class ResponseReader {
  private static final String PROBLEM = "application/problem+json";
  private static final Set<String> BY_RUNTIME = Set.of("default", "4XX", "5XX");
  private static final Set<String> TEXTS = Set.of("text/csv", "text/plain");

  private final Components components;
  private final SchemaReader schemas;
  private final HeaderReader headers;
  private final ProblemSchema problemSchema;
  private final FileSchemas files;
  private final DownloadReader downloads;
  private final Problems problems;

  ResponseReader(
      Components components, SchemaReader schemas, Declarations declarations, Problems problems) {
    this.components = components;
    this.schemas = schemas;
    this.headers = new HeaderReader(components, schemas);
    this.problemSchema = new ProblemSchema(declarations);
    this.files = new FileSchemas(components);
    this.downloads = new DownloadReader(components);
    this.problems = problems;
  }

  /// Reads every response under components, used or not.
  void readComponents() {
    for (Yaml.Entry entry : components.all("responses")) {
      components
          .follow(entry.key(), entry.line(), entry.value(), "responses")
          .ifPresent(node -> content(node.only(Keywords.RESPONSE)));
    }
    headers.readComponents();
  }

  List<Outcome> read(Node operation) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Yaml.Entry entry : operation.entries("responses")) {
      if (BY_RUNTIME.contains(entry.key())) {
        byRuntime(operation, entry);
      } else if (!Keywords.isForOthers(entry.key())) {
        outcome(operation, entry).ifPresent(outcomes::add);
      }
    }
    if (outcomes.stream().noneMatch(outcome -> outcome.status() < 400)) {
      operation.problem("responses", "must have a response for when all goes well, such as '200'");
    }
    Set<String> byRuntime = new HashSet<>(BY_RUNTIME);
    operation.entries("responses").forEach(entry -> byRuntime.remove(entry.key()));
    if (byRuntime.contains("default") && byRuntime.size() > 1) {
      operation.problem(
          "responses",
          "must have a 'default' response with %s, or both '4XX' and '5XX': the runtime answers 400, 401, 403 or 503 by itself"
              .formatted(PROBLEM));
    }
    return outcomes.stream().sorted(Comparator.comparingInt(Outcome::status)).toList();
  }

  private Optional<Node> response(Node operation, Yaml.Entry entry) {
    String name = operation.name() + ", response " + entry.key();
    return components
        .follow(name, entry.line(), entry.value(), "responses")
        .map(node -> node.only(Keywords.RESPONSE));
  }

  private void byRuntime(Node operation, Yaml.Entry entry) {
    Optional<Node> response = response(operation, entry);
    boolean isProblem =
        response.flatMap(this::content).filter(Content.Problem.class::isInstance).isPresent();
    if (response.isPresent() && !isProblem) {
      problems.add(
          entry.line(),
          "%s: the response '%s' is what the runtime answers; its content is %s"
              .formatted(operation.name(), entry.key(), PROBLEM));
    }
  }

  private Optional<Outcome> outcome(Node operation, Yaml.Entry entry) {
    Optional<ReasonPhrase> phrase = ReasonPhrase.of(entry.key());
    Optional<Node> response = response(operation, entry);
    if (phrase.isEmpty()) {
      problems.add(
          entry.line(),
          "%s: the response '%s' is not supported; write one status, such as '200', or for what the runtime answers 'default', '4XX' or '5XX'"
              .formatted(operation.name(), entry.key()));
      return Optional.empty();
    }
    Optional<Content> content = response.flatMap(this::content);
    content.ifPresent(found -> checkStatus(operation, entry, phrase.get().status(), found));
    return content.map(found ->
        new Outcome(
            phrase.get().status(),
            phrase.get().javaName(),
            response.get().textOrEmpty("description"),
            found,
            headers.read(response.get())));
  }

  private void checkStatus(Node operation, Yaml.Entry entry, int status, Content content) {
    boolean isBodyless = status == 204 || status == 205 || status == 304;
    boolean isProblem = content instanceof Content.Problem;
    boolean isEmpty = content instanceof Content.Empty;
    String fault = "";
    if (isBodyless && !isEmpty) {
      fault = "has no content (RFC 9110); leave it out";
    } else if (status == 200 && isEmpty) {
      fault = "has no content; describe it, or use 204";
    } else if (status >= 400 != isProblem) {
      fault =
          isProblem
              ? "is no error and has other content than " + PROBLEM
              : "is an error; its content is " + PROBLEM;
    }
    if (!fault.isEmpty()) {
      problems.add(
          entry.line(), "%s: the response %d %s".formatted(operation.name(), status, fault));
    }
  }

  private Optional<Content> content(Node response) {
    if (!response.has("content")) {
      return Optional.of(new Content.Empty());
    }
    List<Yaml.Entry> types = response.entries("content");
    if (types.size() == 1 && files.isMedia(types.getFirst())) {
      return Optional.of(downloads.read(response, types.getFirst()));
    }
    Optional<Node> media = new ContentReader(problems).one(response);
    if (media.isEmpty()) {
      return Optional.empty();
    }
    Schema schema = schema(response, media.get());
    return switch (media.get().name()) {
      case "application/json" -> json(response, schema);
      case PROBLEM -> problem(media.get(), schema);
      case String type when TEXTS.contains(type) -> text(media.get(), schema);
      case String type -> unsupported(response, type);
    };
  }

  private Schema schema(Node response, Node media) {
    String typeName = Names.type(response.name().replace(", response ", " ")) + "Body";
    Schema schema = schemas.read(response.name(), typeName, media.entry("schema").orElseThrow());
    schemas.examples().expect(media, schema);
    return schema;
  }

  private static Optional<Content> json(Node response, Schema schema) {
    if (schema.nullable()) {
      response.problem("content", "a body cannot be null; use 204 for none");
    }
    return Optional.of(new Content.Json(schema.type()));
  }

  private Optional<Content> problem(Node media, Schema schema) {
    problemSchema.check(media, schema);
    return Optional.of(new Content.Problem());
  }

  private static Optional<Content> text(Node media, Schema schema) {
    boolean isPlain = schema.type() instanceof Type.Text && !schema.nullable();
    if (!isPlain) {
      media.problem("schema", "text has the schema {type: string}");
    }
    return Optional.of(new Content.Text(media.name()));
  }

  private static Optional<Content> unsupported(Node response, String type) {
    response.problem(
        "content",
        "the media type %s is not supported; use application/json, %s, text/csv, text/plain, or the schema of a file: format: binary"
            .formatted(type, PROBLEM));
    return Optional.empty();
  }
}
