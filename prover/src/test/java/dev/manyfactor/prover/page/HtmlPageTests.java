package dev.manyfactor.prover.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Report;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlPageTests {
  private final String page = HtmlPage.of(MadeUp.report());

  @Test
  void everyElementIsClosedWhereItShouldBe() throws Exception {
    assertThat(elements(parsed(page), "section")).isNotEmpty();
  }

  @Test
  void theMapHasATileForEachFactorColouredByItsWorstOutcome() throws Exception {
    List<Element> tiles =
        elements(parsed(page), "span").stream()
            .filter(span -> span.getAttribute("class").equals("count"))
            .map(span -> (Element) span.getParentNode())
            .toList();
    assertThat(tiles).hasSize(23);
    assertThat(tiles.get(0).getAttribute("class")).isEqualTo("tile pass");
    assertThat(tiles.get(1).getTextContent()).isEqualTo("2dependenciesnot in this version");
    assertThat(tiles.get(6).getAttribute("class")).isEqualTo("tile waived");
    assertThat(tiles.get(8).getAttribute("class")).isEqualTo("tile fail");
    assertThat(tiles.get(8).getTextContent()).isEqualTo("9disposability2 PASS · 1 FAIL");
  }

  @Test
  void everyLinkLeadsToSomethingOnThePage() throws Exception {
    Document document = parsed(page);
    TreeSet<String> ids = new TreeSet<>();
    elements(document, "*").forEach(element -> ids.add("#" + element.getAttribute("id")));
    List<String> links =
        elements(document, "a").stream().map(link -> link.getAttribute("href")).toList();
    assertThat(links).contains("#factor-9", "#09-2");
    assertThat(ids).containsAll(links);
  }

  @Test
  void evidenceIsFoldedExceptThatOfFailures() throws Exception {
    List<String> open =
        elements(parsed(page), "details").stream()
            .filter(details -> details.hasAttribute("open"))
            .map(details -> ((Element) details.getParentNode()).getAttribute("id"))
            .toList();
    assertThat(open).containsExactly("09-2", "11-2");
    assertThat(elements(parsed(page), "details")).hasSize(21);
  }

  @Test
  void aTimelineDrawsEachEntryInItsLaneInTheOrderOfTime() throws Exception {
    String failure = page.substring(page.indexOf("id=\"09-2\""), page.indexOf("id=\"09-3\""));
    String drawing = failure.substring(failure.indexOf("<svg"), failure.indexOf("</svg>") + 6);
    Document svg = parsed(drawing);
    List<Element> dots = elements(svg, "circle");
    assertThat(dots).hasSize(12);
    List<Integer> places =
        dots.stream().map(dot -> Integer.parseInt(dot.getAttribute("cx"))).toList();
    assertThat(IntStream.range(1, 12).map(dot -> places.get(dot) - places.get(dot - 1)))
        .allMatch(apart -> apart >= 18); // dots do not touch
    assertThat(dots.get(0).getAttribute("cy")).isEqualTo(dots.get(8).getAttribute("cy"));
    assertThat(dots.get(0).getAttribute("cy")).isNotEqualTo(dots.get(1).getAttribute("cy"));
    assertThat(drawing)
        .contains(">prover</text>", ">client</text>", "<title>SIGTERM to 48213</title>");
    int width = Integer.parseInt(svg.getDocumentElement().getAttribute("width"));
    assertThat(places).allMatch(place -> place < width);
    assertThat(failure).contains("<td>1.182 s</td>", "<td>SIGTERM to 48213</td>");
  }

  @Test
  void noTextOfAServiceBecomesMarkup() throws Exception {
    String hostile =
        "</code></details><script>alert('x')</script><img src=x onerror=\"y\">&amp;\u202e\u001b[2J";
    Report report =
        MadeUp.report(
            List.of(
                MadeUp.result(
                    "09-2", MadeUp.failure(hostile, List.of(MadeUp.entry(1, hostile, hostile))))));
    String shown = HtmlPage.of(report);
    assertThat(shown).doesNotContain("<script", "<img", "\u202e", "\u001b");
    assertThat(elements(parsed(shown), "td"))
        .extracting(Element::getTextContent)
        .contains(hostile.replace("\u202e", "\\u202e").replace("\u001b", "\\u001b"));
  }

  @Test
  void nothingIsFetchedAndOnlyItsOwnStyleIsAllowed() throws Exception {
    assertThat(page)
        .doesNotContain("http://", "<script", "<link", "<img", " style=", "url(", "@import");
    Matcher style = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(page);
    assertThat(style.find()).isTrue();
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(style.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(page)
        .contains("default-src &#39;none&#39;")
        .contains("style-src &#39;sha256-" + Base64.getEncoder().encodeToString(digest) + "&#39;");
  }

  @Test
  void aFloodOfAServiceIsCut() {
    var flood =
        IntStream.range(0, 500)
            .mapToObj(number -> MadeUp.entry(number, "web A", "x".repeat(600)))
            .toList();
    Report report =
        MadeUp.report(List.of(MadeUp.result("09-2", MadeUp.failure("it broke", flood))));
    assertThat(HtmlPage.of(report))
        .contains("… 441 left out; --format json has them")
        .hasSizeLessThan(300_000);
  }

  @Test
  void aReportOfNothingIsAPageToo() throws Exception {
    assertThat(HtmlPage.of(MadeUp.report(List.of()))).contains("Nothing was decided.");
  }

  /// HTML as the parser of XML takes it: what has no end tag is given one.
  private static Document parsed(String html) throws Exception {
    String xml = html.replace("<!doctype html>", "").replaceAll("<(meta[^>]*)>", "<$1/>");
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }

  private static List<Element> elements(Document document, String tag) {
    NodeList found = document.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int index = 0; index < found.getLength(); index++) {
      elements.add((Element) found.item(index));
    }
    return elements;
  }
}
