package dev.manyfactor.contract.page;

import dev.manyfactor.contract.model.Type;
import java.util.function.Consumer;

/// Writes a table of values that have names: fields, parameters, headers.
final class FieldTable {
  /// One of them.
  ///
  /// @param place where it stands; empty if that is clear
  /// @param what writes its type and rules
  /// @param presence whether it has to be there
  record Row(
      String name,
      String place,
      Consumer<Html> what,
      String presence,
      String description,
      boolean deprecated) {}

  /// What a row says of a value of this type.
  static Consumer<Html> typed(Type type) {
    return html -> TypeText.write(html, type);
  }

  private final Html html;

  FieldTable(Html html) {
    this.html = html;
  }

  /// @param kind what each is
  void start(String kind) {
    html.open("div", "class", "scroll").open("table").open("thead").open("tr");
    for (String head : new String[] {kind, "Type and rules", "Meaning"}) {
      html.element("th", head, "scope", "col");
    }
    html.close("tr").close("thead").open("tbody");
  }

  void row(Row row) {
    html.open("tr").open("td").element("code", row.name());
    html.element("span", row.presence(), "class", "presence");
    if (!row.place().isEmpty()) {
      html.element("span", "in " + row.place(), "class", "presence");
    }
    html.close("td").open("td");
    row.what().accept(html);
    html.close("td").open("td");
    if (row.deprecated()) {
      html.element("p", "Deprecated.", "class", "deprecated");
    }
    html.markdown(row.description()).close("td").close("tr").line();
  }

  void end() {
    html.close("tbody").close("table").close("div");
  }

  /// An example, after what it shows.
  static void sample(Html html, Sample sample) {
    String title = sample.title().isEmpty() ? "Example" : "Example: " + sample.title();
    html.open("details", "open", "").element("summary", title);
    html.open("pre").element("code", sample.json()).close("pre").close("details");
  }
}
