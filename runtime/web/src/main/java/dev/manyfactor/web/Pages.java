package dev.manyfactor.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;

/// What the API's port serves beside the contract's operations: the contract itself, as a document
/// and as a page for people, a page per kind of problem, and the probes where no management port
/// has them. Immutable.
final class Pages {
  static final String LIVE = "/livez";
  static final String READY = "/readyz";
  private static final String CONTRACT = "/openapi.yaml";
  private static final String GUIDE = "/openapi";
  private static final String PROBLEMS = "/problems/";
  private static final String MARKDOWN = "text/markdown";
  private static final String HTML = "text/html";
  private static final String UTF_8 = "; charset=utf-8";
  private static final Labels OF_CONTRACT = Labels.ofPage(CONTRACT);
  private static final Labels OF_GUIDE = Labels.ofPage(GUIDE);
  private static final Labels OF_PROBLEMS = Labels.ofPage(PROBLEMS + "{name}");
  private static final Response ALIVE = new Response(200, text("application/json"), utf8("{}"));

  /// A browser takes the page for nothing else, runs nothing in it and loads nothing for it.
  private static final Map<String, String> FOR_PEOPLE =
      Map.of(
          Response.CONTENT_TYPE,
          HTML + UTF_8,
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer");

  private final Map<String, Page> pages = new HashMap<>();

  /// @param contractResource the contract's place on the class path
  /// @throws IllegalArgumentException if it is not there
  Pages(String contractResource) {
    Response contract = new Response(200, text("application/yaml"), load(contractResource));
    pages.put(CONTRACT, new Page(OF_CONTRACT, false, () -> contract));
    String guideResource = contractResource.replaceFirst("\\.openapi\\.yaml$", ".html");
    Response guide = new Response(200, FOR_PEOPLE, load(guideResource));
    pages.put(GUIDE, new Page(OF_GUIDE, false, () -> guide));
  }

  /// Serves `/livez` and `/readyz` too, without telling strangers what is missing.
  Pages withProbes(Probes from) {
    pages.put(LIVE, new Page(Labels.ofPage(LIVE), true, () -> ALIVE));
    pages.put(READY, new Page(Labels.ofPage(READY), true, () -> from.readiness().inBrief()));
    return this;
  }

  /// Whether an operation must not have this path.
  static boolean isReserved(String path) {
    return path.equals(CONTRACT)
        || path.equals(GUIDE)
        || path.equals(LIVE)
        || path.equals(READY)
        || path.startsWith(PROBLEMS);
  }

  /// The page at `path`.
  Optional<Page> find(String path) {
    if (path.startsWith(PROBLEMS)) {
      return ProblemPage.of(path.substring(PROBLEMS.length()))
          .map(page -> new Page(OF_PROBLEMS, false, headers -> problem(page, headers)));
    }
    return Optional.ofNullable(pages.get(path));
  }

  /// For a browser as HTML, for everyone else as Markdown.
  private static Response problem(ProblemPage page, HttpFields headers) {
    boolean html = Accepted.best(List.of(MARKDOWN, HTML), headers).equals(HTML);
    Response answer =
        html
            ? new Response(200, text(HTML + UTF_8), utf8(page.html()))
                .header("Content-Security-Policy", "default-src 'none'")
            : new Response(200, text(MARKDOWN + UTF_8), utf8(page.markdown()));
    return answer.header("Vary", "Accept");
  }

  private static byte[] load(String resource) {
    try (InputStream in = ClassLoader.getSystemResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "the contract " + resource + " is not on the class path; build the service again");
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Map<String, String> text(String contentType) {
    return Map.of(Response.CONTENT_TYPE, contentType);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
