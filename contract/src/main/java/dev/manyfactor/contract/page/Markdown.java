package dev.manyfactor.contract.page;

import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.HtmlRenderer;

/// CommonMark as HTML: HTML in it is text, an address leads to the web or into the page and never
/// to a script, a picture is a link to it, and headings stay below those of the page.
final class Markdown {
  private static final int LEVELS_OF_THE_PAGE = 3;
  private static final Parser PARSER = Parser.builder().build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .escapeHtml(true)
          .sanitizeUrls(true)
          .urlSanitizer(new DefaultUrlSanitizer(List.of("http", "https", "mailto")))
          .build();

  private Markdown() {}

  static String html(String text) {
    Node document = PARSER.parse(text);
    document.accept(new Harmless());
    return RENDERER.render(document);
  }

  private static final class Harmless extends AbstractVisitor {
    @Override
    public void visit(Image image) {
      Link link = new Link(image.getDestination(), image.getTitle());
      Node child = image.getFirstChild();
      while (child != null) {
        Node next = child.getNext();
        link.appendChild(child);
        child = next;
      }
      image.insertAfter(link);
      image.unlink();
      visitChildren(link);
    }

    @Override
    public void visit(Heading heading) {
      heading.setLevel(Math.min(6, heading.getLevel() + LEVELS_OF_THE_PAGE));
      visitChildren(heading);
    }
  }
}
