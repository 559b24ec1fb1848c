package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.document.Document;
import dev.manyfactor.fuzz.document.Notation;
import dev.manyfactor.fuzz.document.Place;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Bodies that are no JSON, or JSON beyond any bound: a violation of the document as a whole.
final class BodyText {
  private static final Expected WHOLE = new Expected.Violating(Set.of(""));
  private static final int TOO_DEEP = 70;

  private final Maker maker;
  private final Chance chance;

  BodyText(Maker maker) {
    this.maker = maker;
    this.chance = maker.chance();
  }

  List<Family.Way> ways(Parts parts) {
    if (parts.body().isEmpty()) {
      return List.of();
    }
    Document valid = parts.body().get();
    String text = Notation.plain(valid);
    var ways = new ArrayList<Family.Way>();
    text(parts, ways, "truncated", () -> text.substring(0, chance.below(text.length() - 1) + 1));
    text(
        parts,
        ways,
        "garbage-behind",
        () -> text + chance.pickText("x", "}", "]", ",", "{}", "null", "\0", "//"));
    text(
        parts,
        ways,
        "garbage-before",
        () -> chance.pickText("x", "}", ",", "\0", ")]}',\n") + text);
    text(parts, ways, "byte-order-mark", () -> "\ufeff" + text);
    text(parts, ways, "white-space-only", () -> chance.pickText(" ", "\n\n", "\t"));
    text(
        parts,
        ways,
        "no-json",
        () ->
            chance.pickText(
                "hello",
                "<a/>",
                "a=b",
                "'x'",
                "NaN",
                "{a:1}",
                "{'a':1}",
                "[1,]",
                "{\"a\":1,}",
                "// x\n{}",
                "/* */{}",
                "undefined",
                "+1",
                "01",
                ".5",
                "1.",
                "0x1",
                "True",
                "\u00a0{}",
                "{\"a\" 1}",
                "\"\t\"",
                "\"\\x\"",
                "\"\\u12\""));
    literal(parts, ways, "too-deep", () -> "[".repeat(TOO_DEEP) + "]".repeat(TOO_DEEP));
    literal(
        parts,
        ways,
        "too-deep-object",
        () -> "{\"a\":".repeat(TOO_DEEP) + "1" + "}".repeat(TOO_DEEP));
    literal(parts, ways, "number-too-long", () -> "1".repeat(201 + chance.below(100)));
    literal(
        parts,
        ways,
        "half-a-pair",
        () ->
            chance.pickText(
                "\"\\ud800\"", "\"\\udc00x\"", "\"\\ud83d \\ude00\"", "{\"\\ud800\":1}"));
    literal(parts, ways, "control-character", () -> "\"a\u0002b\"");
    literal(parts, ways, "name-too-long", () -> "{\"" + "n".repeat(300) + "\":1}");
    literal(parts, ways, "name-twice", () -> "{\"a\":1,\"a\":1}");
    if (valid instanceof Document.Struct struct && !struct.members().isEmpty()) {
      text(parts, ways, "name-twice", () -> twice(struct));
    }
    bytes(parts, ways, "bad-utf-8", () -> spoiled(text));
    bytes(parts, ways, "utf-16", () -> text.getBytes(StandardCharsets.UTF_16));
    bytes(parts, ways, "latin-1", () -> "{\"\u00e4\":1}".getBytes(StandardCharsets.ISO_8859_1));
    return ways;
  }

  private void text(Parts parts, List<Family.Way> ways, String name, Supplier<String> text) {
    bytes(parts, ways, name, () -> Maker.bytes(text.get()));
  }

  private void bytes(Parts parts, List<Family.Way> ways, String name, Supplier<byte[]> bytes) {
    ways.add(
        new Family.Way(
            "text:" + name,
            () -> maker.draft(parts, Optional.of(bytes.get())).as("text:" + name, WHOLE)));
  }

  /// Puts something in place of any value of the document.
  private void literal(Parts parts, List<Family.Way> ways, String name, Supplier<String> literal) {
    text(
        parts,
        ways,
        name,
        () -> {
          Document valid = parts.body().orElseThrow();
          return Notation.plain(
              valid.replaced(anywhere(valid), new Document.Literal(literal.get())));
        });
  }

  private Place anywhere(Document document) {
    Place place = Place.ROOT;
    Document at = document;
    while (!chance.oneIn(3)) {
      Optional<String> step = step(at);
      if (step.isEmpty()) {
        return place;
      }
      place = place.plus(step.get());
      at = document.at(place);
    }
    return place;
  }

  private Optional<String> step(Document at) {
    return switch (at) {
      case Document.Struct(var members) when !members.isEmpty() ->
          Optional.of(chance.pick(members).name());
      case Document.Sequence(var items) when !items.isEmpty() ->
          Optional.of(String.valueOf(chance.below(items.size())));
      case Document.Struct _, Document.Sequence _, Document.Text _, Document.Literal _ ->
          Optional.empty();
    };
  }

  private String twice(Document.Struct struct) {
    var members = new ArrayList<>(struct.members());
    members.add(chance.below(members.size() + 1), chance.pick(struct.members()));
    return Notation.plain(new Document.Struct(members));
  }

  private byte[] spoiled(String text) {
    byte[] whole =
        Maker.bytes(text.startsWith("\"") || text.indexOf('"') < 0 ? "{\"a\":\"x\"}" : text);
    int quote = new String(whole, StandardCharsets.ISO_8859_1).indexOf('"') + 1;
    byte[][] faults = {
      {(byte) 0xff},
      {(byte) 0xc0, (byte) 0xaf},
      {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
      {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
      {(byte) 0xe2, (byte) 0x82},
      {(byte) 0x80},
      {(byte) 0xfe}
    };
    var bytes = new ByteArrayOutputStream();
    bytes.write(whole, 0, quote);
    bytes.writeBytes(chance.pick(Arrays.asList(faults)));
    bytes.write(whole, quote, whole.length - quote);
    return bytes.toByteArray();
  }
}
