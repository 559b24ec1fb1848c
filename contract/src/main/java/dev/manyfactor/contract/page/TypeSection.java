package dev.manyfactor.contract.page;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.model.Property;
import java.util.List;

/// Writes what is to be known of one type.
final class TypeSection {
  private final Declaration declaration;
  private final List<Sample> samples;
  private final Html html;

  TypeSection(Declaration declaration, List<Sample> samples, Html html) {
    this.declaration = declaration;
    this.samples = samples;
    this.html = html;
  }

  void write() {
    html.open("article", "id", TypeText.anchor(declaration.name()));
    html.element("h3", declaration.name()).markdown(declaration.description());
    switch (declaration) {
      case Declaration.Structure structure -> structure(structure);
      case Declaration.Enumeration enumeration -> enumeration(enumeration);
      case Declaration.Union union -> union(union);
    }
    samples.forEach(sample -> FieldTable.sample(html, sample));
    html.close("article").line();
  }

  private void structure(Declaration.Structure structure) {
    structure
        .tag()
        .ifPresent(tag ->
            html.open("p")
                .element("code", tag.property())
                .text(" is always ")
                .element("code", tag.text())
                .text(": by it ")
                .text(String.join(" and ", structure.unions()))
                .text(" knows it.")
                .close("p"));
    if (structure.properties().isEmpty()) {
      return;
    }
    FieldTable table = new FieldTable(html);
    table.start("Field");
    for (Property property : structure.properties()) {
      table.row(
          new FieldTable.Row(
              property.name(),
              "",
              FieldTable.typed(property.type()),
              TypeText.presence(property.presence()),
              property.description(),
              property.deprecated()));
    }
    table.end();
  }

  private void enumeration(Declaration.Enumeration enumeration) {
    html.element("p", enumeration.values().size() == 1 ? "Always:" : "One of:");
    html.open("ul", "class", "values");
    for (Declaration.Value value : enumeration.values()) {
      html.open("li").element("code", value.text()).close("li");
    }
    html.close("ul");
  }

  private void union(Declaration.Union union) {
    html.open("p").text("One of these, as ").element("code", union.property()).text(" says:");
    html.close("p").open("ul", "class", "values");
    for (Declaration.Variant variant : union.variants()) {
      html.open("li").element("code", variant.text()).text(": ");
      html.link("#" + TypeText.anchor(variant.structure()), variant.structure()).close("li");
    }
    html.close("ul");
  }
}
