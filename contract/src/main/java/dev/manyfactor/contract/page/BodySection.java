package dev.manyfactor.contract.page;

import dev.manyfactor.contract.model.Body;
import dev.manyfactor.contract.model.Body.Content;
import java.util.List;
import java.util.function.Consumer;

/// Writes what comes with a request to an operation.
final class BodySection {
  private final Html html;

  BodySection(Html html) {
    this.html = html;
  }

  void write(Body body) {
    html.element("h4", "Body").open("p");
    String presence = body.required() ? "required: " : "optional: ";
    switch (body) {
      case Body.Json json -> {
        html.element("code", "application/json").text(", " + presence);
        TypeText.write(html, json.type());
      }
      case Body.File file -> {
        mediaTypes(file.mediaTypes());
        html.text(", " + presence + "a file").text(bound(file.maxBytes()));
      }
      case Body.Form _ ->
          html.element("code", "multipart/form-data").text(", " + presence + "a form");
    }
    html.close("p").markdown(body.description());
    if (body instanceof Body.Form form) {
      parts(form);
    }
  }

  private void parts(Body.Form form) {
    FieldTable table = new FieldTable(html);
    table.start("Part");
    for (Body.Part part : form.parts()) {
      table.row(
          new FieldTable.Row(
              part.name(),
              "",
              what(part.content()),
              TypeText.presence(part.presence()),
              part.description(),
              part.deprecated()));
    }
    table.end();
  }

  private Consumer<Html> what(Content content) {
    return switch (content) {
      case Content.Field(var type) -> FieldTable.typed(type);
      case Content.Document(var type) ->
          out -> {
            out.element("code", "application/json").text(": ");
            TypeText.write(out, type);
          };
      case Content.OneFile(var rule) -> _ -> file("a file", rule);
      case Content.Files(var rule, var atLeast, var atMost) ->
          _ -> file("%d to %d files, each".formatted(atLeast, atMost), rule);
    };
  }

  private void file(String what, Body.FileRule rule) {
    html.text(what + bound(rule.maxBytes()));
    if (!rule.mediaTypes().isEmpty()) {
      html.text(": ");
      mediaTypes(rule.mediaTypes());
    }
  }

  private void mediaTypes(List<String> types) {
    for (int position = 0; position < types.size(); position++) {
      html.text(position == 0 ? "" : " or ").element("code", types.get(position));
    }
  }

  private static String bound(long maxBytes) {
    return " of at most " + maxBytes + " bytes";
  }
}
