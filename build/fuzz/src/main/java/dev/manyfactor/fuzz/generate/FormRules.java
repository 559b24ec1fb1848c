package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.Api;
import dev.manyfactor.fuzz.contract.ApiContent;
import dev.manyfactor.fuzz.contract.Shape;
import dev.manyfactor.fuzz.document.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Forms and files that break rules of the contract, or of forms.
final class FormRules {
  private static final Expected TOO_LARGE = Expected.Refused.with(413, "content-too-large");

  private final Api api;
  private final Maker maker;
  private final Chance chance;
  private final Files files;

  FormRules(Api api, Maker maker) {
    this.api = api;
    this.maker = maker;
    this.chance = maker.chance();
    this.files = new Files(api, maker);
  }

  List<Family.Way> ways(Parts parts) {
    var ways = new ArrayList<Family.Way>();
    if (parts.payload().isPresent() && parts.operation().body().isPresent()) {
      switch (parts.operation().body().get().content()) {
        case ApiContent.Json _ -> {}
        case ApiContent.Body(var file) ->
            way(
                parts,
                ways,
                "file-too-large",
                TOO_LARGE,
                () ->
                    new Payload(
                        parts.payload().get().mediaType(),
                        FormPart.text("", "x".repeat(file.mostBytes() + 1)).content()));
        case ApiContent.Form form -> form(parts, form, ways);
      }
    }
    return ways;
  }

  private void form(Parts parts, ApiContent.Form form, List<Family.Way> ways) {
    for (String name : form.required()) {
      broken(
          parts,
          form,
          ways,
          "part-missing",
          name,
          all -> all.stream().filter(part -> !part.name().equals(name)).toList());
    }
    broken(
        parts,
        form,
        ways,
        "part-unknown",
        "unknown",
        all -> plus(all, FormPart.text("unknown", "x")));
    form.parts()
        .forEach((name, part) -> {
          switch (part) {
            case ApiContent.Field(var shape) -> field(parts, form, name, shape, ways);
            case ApiContent.Document _ ->
                broken(
                    parts,
                    form,
                    ways,
                    "part-no-json",
                    name,
                    all -> only(all, FormPart.text(name, "{").typed("application/json")));
            case ApiContent.Files some -> files(parts, form, name, some, ways);
          }
        });
    syntax(parts, form, ways);
  }

  private void field(
      Parts parts, ApiContent.Form form, String name, Shape shape, List<Family.Way> ways) {
    if (api.resolved(shape) instanceof Shape.Words words) {
      for (BrokenText broken : BrokenText.of(words, maker.texts())) {
        String text = broken.make(chance);
        broken(
            parts,
            form,
            ways,
            "part-" + broken.name(),
            name,
            all -> only(all, FormPart.text(name, text)));
      }
      broken(
          parts,
          form,
          ways,
          "part-bad-utf-8",
          name,
          all -> only(all, FormPart.text(name, "").holding(new byte[] {(byte) 0xff})));
      broken(
          parts,
          form,
          ways,
          "part-twice",
          name,
          all ->
              plus(
                  only(all, FormPart.text(name, maker.scalar(words, Alphabet.ANY))),
                  FormPart.text(name, maker.scalar(words, Alphabet.ANY))));
    }
  }

  private void files(
      Parts parts,
      ApiContent.Form form,
      String name,
      ApiContent.Files some,
      List<Family.Way> ways) {
    broken(
        parts,
        form,
        ways,
        "part-too-many-files",
        name,
        all -> {
          List<FormPart> more = without(all, name);
          for (int i = 0; i <= some.most(); i++) {
            more = plus(more, files.file(name, some.file()));
          }
          return more;
        });
    if (!some.file().mediaTypes().isEmpty()) {
      broken(
          parts,
          form,
          ways,
          "part-wrong-media-type",
          name,
          all -> only(all, files.file(name, some.file()).typed("text/html")));
    }
    way(
        parts,
        ways,
        "part-too-large",
        TOO_LARGE,
        () ->
            files.written(
                only(
                    files.parts(form),
                    files.file(name, some.file()).holding(new byte[some.file().mostBytes() + 1]))));
  }

  private void syntax(Parts parts, ApiContent.Form form, List<Family.Way> ways) {
    Expected whole = new Expected.Violating(Set.of(""));
    way(
        parts,
        ways,
        "form-without-end",
        whole,
        () -> {
          Payload good = files.written(files.parts(form));
          byte[] some = Arrays.copyOf(good.bytes().array(), good.bytes().size() - 8);
          return new Payload(good.mediaType(), Octets.of(some));
        });
    way(
        parts,
        ways,
        "form-of-noise",
        whole,
        () ->
            new Payload(
                "multipart/form-data; boundary=x",
                FormPart.text("", "nothing of a form").content()));
    way(
        parts,
        ways,
        "form-without-names",
        whole,
        () ->
            new Payload(
                "multipart/form-data; boundary=x",
                FormPart.text("", "--x\r\nContent-Disposition: form-data\r\n\r\ny\r\n--x--\r\n")
                    .content()));
  }

  private void broken(
      Parts parts,
      ApiContent.Form form,
      List<Family.Way> ways,
      String name,
      String part,
      UnaryOperator<List<FormPart>> change) {
    way(
        parts,
        ways,
        name,
        new Expected.Violating(Set.of("/" + part)),
        () -> files.written(change.apply(files.parts(form))));
  }

  private static List<FormPart> without(List<FormPart> all, String name) {
    return all.stream().filter(part -> !part.name().equals(name)).toList();
  }

  /// With this one in place of those of its name.
  private static List<FormPart> only(List<FormPart> all, FormPart part) {
    return plus(without(all, part.name()), part);
  }

  private static List<FormPart> plus(List<FormPart> all, FormPart part) {
    var more = new ArrayList<>(all);
    more.add(part);
    return more;
  }

  private void way(
      Parts parts,
      List<Family.Way> ways,
      String name,
      Expected expected,
      Supplier<Payload> payload) {
    String kind = "form:" + name;
    ways.add(
        new Family.Way(kind, () -> maker.written(parts.with(payload.get())).as(kind, expected)));
  }
}
