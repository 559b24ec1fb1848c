package dev.manyfactor.prover.page;

import dev.manyfactor.factors.Factor;
import dev.manyfactor.prover.outcome.Report;
import dev.manyfactor.prover.outcome.Result;
import dev.manyfactor.prover.outcome.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/// A report as one HTML file that needs nothing else: no script, no other file, no network.
///
/// The factors as a map, then what is to be mended, then each factor with its requirements, the
/// evidence folded under each and its timelines drawn. Its content security policy allows nothing
/// but its own style sheet.
public final class HtmlPage {
  private static final String STYLE = Resources.text("report.css");

  private HtmlPage() {}

  /// The whole file.
  public static String of(Report report) {
    Account account = new Account(report);
    Html html = new Html();
    html.verbatim("<!doctype html>\n").open("html", "lang", "en").line();
    head(report.subject().service(), html);
    html.open("body").line();
    new HtmlHead(account, html).write();
    html.open("main").line();
    new HtmlMap(account, html).write();
    toMend(account, html);
    for (Factor factor : Factor.values()) {
      factor(factor, account.of(factor), html);
    }
    html.close().line();
    HtmlHead.foot(account, html);
    return html.close().close().line().toString();
  }

  private static void head(String service, Html html) {
    html.open("head")
        .empty("meta", "charset", "utf-8")
        .empty("meta", "http-equiv", "Content-Security-Policy", "content", policy())
        .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
        .empty("meta", "name", "color-scheme", "content", "light dark")
        .element("title", service + ": mf prove")
        .open("style")
        .verbatim(STYLE)
        .close()
        .close()
        .line();
  }

  private static String policy() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8));
      return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-%s'"
          .formatted(Base64.getEncoder().encodeToString(digest));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /// Links to what did not pass, in the order in which to mend it.
  private static void toMend(Account account, Html html) {
    List<Result> open =
        List.of(Verdict.FAIL, Verdict.NOT_PROVEN, Verdict.ERROR, Verdict.WAIVED).stream()
            .flatMap(verdict -> account.with(verdict).stream())
            .toList();
    if (open.isEmpty()) {
      return;
    }
    html.open("section", "class", "open").element("h2", "In the order in which to mend it");
    html.open("ol").line();
    for (Result result : open) {
      String id = result.requirement().id();
      html.open("li");
      HtmlRequirement.badge(result.outcome().verdict(), html);
      html.element("a", id, "href", "#" + id);
      html.element("span", Account.reason(result.outcome())).close().line();
    }
    html.close().close().line();
  }

  private static void factor(Factor factor, List<Result> results, Html html) {
    if (results.isEmpty()) {
      return;
    }
    html.open("section", "id", HtmlMap.anchor(factor)).open("h2");
    html.element("span", String.valueOf(factor.number()), "class", "number").text(" ");
    html.text(factor.title()).close().element("p", factor.description(), "class", "about").line();
    results.forEach(result -> new HtmlRequirement(result, html).write());
    html.close().line();
  }
}
