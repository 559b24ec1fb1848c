package dev.manyfactor.web;

import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The form of a request as its operation's preparation reads it.
///
/// A broken rule is recorded in the input under the name of the part, such as `/file`. Belongs to
/// one request.
///
/// ~~~java
/// String title = input.form().field("title").required(Text.ANY.atMost(100));
/// Upload scan = input.form().required("scan");
/// ~~~
public final class FormInput {
  private final Input input;
  private final List<ReceivedPart> parts;

  FormInput(Input input, List<ReceivedPart> parts) {
    this.input = input;
    this.parts = parts;
  }

  /// A part that is text; several of the name are a list.
  public Parameter field(String name) {
    String pointer = PartFault.pointer(name);
    List<String> texts = new ArrayList<>(1);
    for (ReceivedPart part : named(name)) {
      text(part.bytes()).ifPresentOrElse(texts::add, () -> refuseText(pointer));
    }
    return new Parameter(input, pointer, texts);
  }

  /// A part that is a JSON document; `null` if it is absent, which is a violation of rule
  /// `required`, or breaks another.
  public <T> @Nullable T required(String name, Codec<T> codec) {
    List<ReceivedPart> found = named(name);
    if (found.isEmpty()) {
      refuseAbsent(name);
      return null;
    }
    return input.parsed(found.getFirst().bytes(), codec, PartFault.pointer(name));
  }

  /// A part that is a JSON document; empty if it is absent or breaks a rule.
  public <T> Optional<T> optional(String name, Codec<T> codec) {
    return named(name).isEmpty() ? Optional.empty() : Optional.ofNullable(required(name, codec));
  }

  /// A file; `null` if it is absent, which is a violation of rule `required`.
  public @Nullable Upload required(String name) {
    return optional(name)
        .orElseGet(() -> {
          refuseAbsent(name);
          return null;
        });
  }

  /// A file; empty if it is absent.
  public Optional<Upload> optional(String name) {
    return uploads(name).stream().findFirst();
  }

  /// The files of a name; fewer than `atLeast` are a violation, of rule `required` if there is
  /// none.
  public List<Upload> requiredList(String name, int atLeast) {
    List<Upload> files = uploads(name);
    if (files.isEmpty()) {
      refuseAbsent(name);
    } else if (files.size() < atLeast) {
      refuseFew(name, atLeast);
    }
    return files;
  }

  /// The files of a name; empty if there is none, which is no violation.
  public Optional<List<Upload>> optionalList(String name, int atLeast) {
    List<Upload> files = uploads(name);
    return files.isEmpty() ? Optional.empty() : Optional.of(requiredList(name, atLeast));
  }

  private List<Upload> uploads(String name) {
    return named(name).stream().map(ReceivedPart::upload).flatMap(Optional::stream).toList();
  }

  private List<ReceivedPart> named(String name) {
    return parts.stream().filter(part -> part.name().equals(name)).toList();
  }

  private static Optional<String> text(byte[] utf8) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return Optional.of(text).filter(found -> found.indexOf('\0') < 0);
    } catch (CharacterCodingException broken) {
      return Optional.empty();
    }
  }

  private void refuseText(String pointer) {
    input.violation(new Violation(pointer, "format", "must be text in UTF-8 without U+0000"));
  }

  private void refuseAbsent(String name) {
    input.violation(new PartFault(name, "required", "must be given").violation());
  }

  private void refuseFew(String name, int atLeast) {
    String detail = "must be given at least " + atLeast + " times";
    input.violation(new PartFault(name, "minItems", detail).violation());
  }
}
