package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.Api;
import dev.manyfactor.fuzz.contract.ApiContent;
import dev.manyfactor.fuzz.contract.Shape;
import dev.manyfactor.fuzz.document.Notation;
import dev.manyfactor.fuzz.document.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes files and forms that a contract allows. For one thread.
final class Files {
  private static final int LARGEST = 3_000;

  private final Api api;
  private final Maker maker;
  private final Chance chance;

  Files(Api api, Maker maker) {
    this.api = api;
    this.maker = maker;
    this.chance = maker.chance();
  }

  /// A body that is one file.
  Payload body(ApiContent.File file) {
    return new Payload(mediaType(file), content(file));
  }

  /// The parts of a form, in any order but that of a list.
  List<FormPart> parts(ApiContent.Form form) {
    var parts = new ArrayList<FormPart>();
    for (Map.Entry<String, ApiContent.Part> part :
        chance.shuffled(List.copyOf(form.parts().entrySet()))) {
      if (form.required().contains(part.getKey()) || chance.oneIn(2)) {
        parts.addAll(some(part.getKey(), part.getValue()));
      }
    }
    return parts;
  }

  Payload written(List<FormPart> parts) {
    return FormPart.form(parts, "b" + chance.hex(20));
  }

  private List<FormPart> some(String name, ApiContent.Part part) {
    return switch (part) {
      case ApiContent.Field(var shape) ->
          texts(shape).stream().map(text -> FormPart.text(name, text)).toList();
      case ApiContent.Document(var shape) ->
          List.of(
              FormPart.text(name, Notation.any(maker.values().of(shape), chance::below))
                  .typed("application/json"));
      case ApiContent.Files(var file, var least, var most) -> {
        var files = new ArrayList<FormPart>();
        for (int count = chance.between(least, most); count > 0; count--) {
          files.add(file(name, file));
        }
        yield files;
      }
    };
  }

  FormPart file(String name, ApiContent.File file) {
    String fileName =
        chance.pickText("a.png", "b", "", "../../etc/passwd", "C:\\x\\y.png", "a b.c");
    return new FormPart(name, Optional.of(fileName), Optional.of(mediaType(file)), content(file));
  }

  private List<String> texts(Shape shape) {
    Shape resolved = api.resolved(shape);
    if (!(resolved instanceof Shape.Sequence sequence)) {
      return List.of(maker.scalar(resolved, Alphabet.ANY));
    }
    var texts = new ArrayList<String>();
    int least = Math.max(1, sequence.minItems());
    for (int count = chance.between(least, Math.max(least, Math.min(sequence.maxItems(), 4)));
        count > 0;
        count--) {
      texts.add(maker.scalar(api.resolved(sequence.items()), Alphabet.ANY));
    }
    return texts;
  }

  private String mediaType(ApiContent.File file) {
    return file.mediaTypes().isEmpty()
        ? "application/octet-stream"
        : chance.pick(file.mediaTypes()).replace("*", chance.pickText("png", "jpeg", "x-y"));
  }

  private Octets content(ApiContent.File file) {
    int most = Math.min(file.mostBytes(), LARGEST);
    int size = chance.oneIn(4) ? chance.pick(List.of(0, 1, most)) : chance.below(most + 1);
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) chance.below(256);
    }
    return Octets.of(bytes);
  }
}
