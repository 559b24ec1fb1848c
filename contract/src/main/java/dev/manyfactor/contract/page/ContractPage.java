package dev.manyfactor.contract.page;

import dev.manyfactor.contract.model.Contract;
import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.model.Operation;
import dev.manyfactor.contract.source.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The page of a contract: what a caller has to know, in one HTML file without scripts.
///
/// Types, rules and promises come from the model, which code is made of; groups and examples from
/// the text. The same contract always becomes the same page.
public final class ContractPage {
  private static final String STYLE = style();

  /// The problems that any operation may be answered with, whose pages the service has.
  private static final Map<Integer, List<String>> PROBLEMS =
      Map.of(
          400, List.of("invalid-request", "idempotency-key-missing"),
          401, List.of("unauthenticated"),
          403, List.of("forbidden"),
          409, List.of("idempotency-key-in-flight"),
          413, List.of("content-too-large"),
          415, List.of("unsupported-media-type"),
          422, List.of("idempotency-key-reused"),
          500, List.of("internal-error"),
          503, List.of("overloaded", "dependency-unavailable"),
          504, List.of("timeout"));

  private final Contract contract;
  private final ForReaders readers;
  private final Html html = new Html();

  private ContractPage(Contract contract, Yaml text) {
    this.contract = contract;
    this.readers = new ForReaders(Tree.of(text), contract.operations());
  }

  /// The page of a contract.
  ///
  /// @param text what it was read from, bundled
  public static String write(Contract contract, Yaml text) {
    return new ContractPage(contract, text).write();
  }

  private String write() {
    Map<String, List<Operation>> groups = readers.groups();
    head();
    html.open("body").open("header").element("h1", contract.title());
    html.open("p", "class", "version")
        .text("Version %s. As a document: ".formatted(readers.version()));
    html.link("/openapi.yaml", "openapi.yaml").close("p");
    html.markdown(contract.description()).close("header").line();
    contents(groups);
    html.open("main").line();
    groups.forEach(this::group);
    if (!contract.declarations().isEmpty()) {
      html.element("h2", "Types", "id", "types");
    }
    for (Declaration declaration : contract.declarations()) {
      new TypeSection(declaration, readers.samples(declaration.name()), html).write();
    }
    problems();
    html.close("main").close("body").close("html").line();
    return html.toString();
  }

  private void head() {
    html.doctype().open("html", "lang", "en").open("head").empty("meta", "charset", "utf-8");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.element("title", contract.title());
    html.style(STYLE).close("head").line();
  }

  private void contents(Map<String, List<Operation>> groups) {
    html.open("nav", "aria-label", "Contents");
    groups.forEach((name, operations) -> {
      html.element("h2", name).open("ul");
      for (Operation operation : operations) {
        html.open("li").open("a", "href", "#" + OperationSection.anchor(operation));
        OperationSection.name(html, operation);
        html.close("a");
        String summary = readers.of(operation).text("summary");
        html.element("span", summary, "class", "summary").close("li");
      }
      html.close("ul");
    });
    if (!contract.declarations().isEmpty()) {
      html.element("h2", "Types").open("p", "class", "types");
      for (Declaration declaration : contract.declarations()) {
        html.link("#" + TypeText.anchor(declaration.name()), declaration.name()).text(" ");
      }
      html.close("p");
    }
    html.close("nav").line();
  }

  private void group(String name, List<Operation> operations) {
    html.open("section").element("h2", name).markdown(readers.aboutGroup(name));
    for (Operation operation : operations) {
      new OperationSection(operation, readers.of(operation), html).write();
    }
    html.close("section").line();
  }

  private void problems() {
    html.element("h2", "Problems", "id", "problems");
    html.element(
        "p",
        "What goes wrong is told as application/problem+json (RFC 9457), with the trace id of the request. The usual kinds:");
    html.open("ul", "class", "values");
    PROBLEMS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry ->
            entry
                .getValue()
                .forEach(word -> {
                  html.open("li").text(entry.getKey() + " ");
                  html.link("/problems/" + word, word).close("li");
                }));
    html.close("ul");
  }

  private static String style() {
    try (InputStream in = ContractPage.class.getResourceAsStream("page.css")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
