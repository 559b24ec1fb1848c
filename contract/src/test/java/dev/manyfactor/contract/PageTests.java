package dev.manyfactor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.page.ContractPage;
import dev.manyfactor.contract.reader.ContractReader;
import dev.manyfactor.contract.source.Bundle;
import dev.manyfactor.contract.source.InvalidContract;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/// The page that people read: what it says, and what it can never do.
class PageTests {
  /// What tries to become more than text, wherever a contract has text.
  private static final String HOSTILE =
      """
      </style></p><script>alert(1)</script><img src=x onerror=alert(2)> & "quoted" 'too' ]]>

      [a script](javascript:alert(3)) [data](data:text/html,x) ![a picture](https://evil.example/p.png)

      # A heading

      <iframe src="https://evil.example"></iframe>
      """;

  @Test
  void anOperationIsShownWithAllThatACallerHasToKnow() throws Exception {
    Element create = byId(page("payments"), "operation-createPayment");
    assertThat(text(create))
        .contains("POST /v1/payments")
        .contains("For callers whose bearer token has the scope payments:write.")
        .contains("Needs the header Idempotency-Key")
        .contains("Answered within 10 s, or with 504.")
        .contains("application/json, required: NewPayment")
        .contains("201 Created")
        .contains("Location always string (URI or relative reference)")
        .contains("409 Conflict");
    assertThat(text(byId(page("payments"), "operation-listPayments")))
        .contains("limit optional; without it 20 in query integer · 1 to 100")
        .contains("Safe to repeat.")
        .contains("Answered within 2500 ms, or with 504.");
  }

  @Test
  void aTypeIsShownWithTheRulesThatItsCodeChecks() throws Exception {
    Document page = page("shapes");
    assertThat(text(byId(page, "type-Reading")))
        .contains("value required number (double) · -1.5 or more · less than 100")
        .contains("tags optional array of string · at most 4 items · no item twice")
        .contains("grade optional; without it good Grade Deprecated. how it looked")
        .contains("\"kind\": \"measured\"");
    assertThat(text(byId(page, "type-Means"))).contains("as kind says: card : Card bank-transfer");
    assertThat(text(byId(page, "type-Card"))).contains("kind is always card");
    assertThat(text(byId(page, "type-Stock"))).contains("map of names to integer");
    assertThat(text(byId(page, "type-Grade"))).contains("One of: good bad");
  }

  @ParameterizedTest
  @ValueSource(strings = {"payments", "shapes", "notes", "forms"})
  void everyLinkIntoThePageLeadsSomewhereAndThereIsNothingToLoad(String contract) throws Exception {
    Document page = page(contract);
    List<Element> elements = elements(page);
    Set<String> ids = new TreeSet<>();
    elements.stream()
        .map(element -> element.getAttribute("id"))
        .filter(id -> !id.isEmpty())
        .forEach(id -> assertThat(ids.add(id)).as("a second " + id).isTrue());
    assertThat(addresses(elements).stream().filter(address -> address.startsWith("#")))
        .hasSizeGreaterThan(5)
        .allMatch(address -> ids.contains(address.substring(1)));
    assertHarmless(elements);
  }

  @Test
  void textOfAContractNeverBecomesMarkup() throws Exception {
    Document page = parsed(hostile());
    assertHarmless(elements(page));
    String text = text(page.getDocumentElement());
    assertThat(text)
        .contains("<script>alert(1)</script>", "a picture", "A heading")
        .contains("<iframe src=\"https://evil.example\">")
        .contains("evil<b>", "</code><script>alert(4)</script>");
    assertThat(addresses(elements(page)))
        .noneMatch(address -> address.contains("script:") || address.startsWith("data:"))
        .contains("https://evil.example/p.png");
    assertThat(elements(page).stream().map(Element::getTagName))
        .contains("h4")
        .doesNotContain("h7");
  }

  @Test
  void thePageIsTheSameEachTime() {
    assertThat(html("payments")).isEqualTo(html("payments"));
  }

  private static String hostile() {
    String block = HOSTILE.strip().lines().map("    "::concat).reduce("", (a, b) -> a + "\n" + b);
    String contract =
        Fixture.text("notes.openapi.yaml")
            .replace("title: Notes", "title: \"Notes evil<b>\"")
            .replace(
                "description: Keeps short notes. Small enough to be read beside the code that is made of it.",
                "description: |" + block)
            .replace("description: only of this colour", "description: \"<b onclick='x'>b</b>\"")
            .replace(
                "enum: [yellow, light_blue]",
                "enum: [yellow, light_blue, \"</code><script>alert(4)</script>\"]")
            .replace(
                "summary: Adds a note.",
                "summary: \"Adds <script>alert(5)</script>\"\n      tags: [\"<script>\"]");
    return html(contract, "notes");
  }

  private static void assertHarmless(List<Element> elements) {
    assertThat(elements)
        .extracting(Element::getTagName)
        .doesNotContain("script", "img", "iframe", "link", "object", "form", "b");
    assertThat(elements.stream().filter(element -> element.getTagName().equals("style")))
        .hasSize(1);
    for (Element element : elements) {
      for (int position = 0; position < element.getAttributes().getLength(); position++) {
        String name = element.getAttributes().item(position).getNodeName();
        assertThat(name).doesNotStartWith("on").isNotIn("src", "style", "srcset");
      }
    }
  }

  private static List<String> addresses(List<Element> elements) {
    return elements.stream()
        .map(element -> element.getAttribute("href"))
        .filter(address -> !address.isEmpty())
        .toList();
  }

  private static List<Element> elements(Document page) {
    List<Element> elements = new ArrayList<>();
    var all = page.getElementsByTagName("*");
    for (int position = 0; position < all.getLength(); position++) {
      elements.add((Element) all.item(position));
    }
    return elements;
  }

  private static Element byId(Document page, String id) {
    return elements(page).stream()
        .filter(element -> element.getAttribute("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  /// The text, with one space between the elements.
  private static String text(Element element) {
    StringBuilder text = new StringBuilder();
    var children = element.getChildNodes();
    for (int position = 0; position < children.getLength(); position++) {
      var child = children.item(position);
      boolean isRule = child instanceof Element rule && rule.getAttribute("class").equals("rule");
      text.append(isRule ? " · " : " ");
      text.append(child instanceof Element inner ? text(inner) : child.getTextContent());
    }
    return text.toString().replaceAll("\\s+", " ").replace(" ,", ",").strip();
  }

  private static Document page(String contract) throws Exception {
    return parsed(html(contract));
  }

  private static Document parsed(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  private static String html(String contract) {
    return html(Fixture.text(contract + ".openapi.yaml"), contract);
  }

  private static String html(String text, String name) {
    try {
      Bundle bundle = Bundle.of(name, text, _ -> Optional.empty());
      return ContractPage.write(
          ContractReader.read(name, bundle, Kind.SERVER), bundle.root().orElseThrow());
    } catch (InvalidContract invalid) {
      throw new AssertionError(invalid.getMessage(), invalid);
    }
  }
}
