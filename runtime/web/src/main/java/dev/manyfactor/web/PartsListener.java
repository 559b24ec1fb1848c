package dev.manyfactor.web;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content.Chunk;
import org.jspecify.annotations.Nullable;

/// Keeps the parts of a form as the parser finds them.
///
/// The parser swallows what a listener throws, so a failure is kept, nothing is done after it, and
/// whoever feeds the parser asks for it.
final class PartsListener extends MultiPart.AbstractPartsListener {
  private final BodyRule.Form form;
  private final Scratch scratch;
  private final List<ReceivedPart> received = new ArrayList<>();
  private final List<PartFault> faults = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private PartHead head = new PartHead();
  private PartContent content = new PartContent.Dropped();
  private boolean isWanted;
  private long held;
  private @Nullable RuntimeException failure;

  PartsListener(BodyRule.Form form, Scratch scratch) {
    this.form = form;
    this.scratch = scratch;
  }

  /// The parts that the form may have, in their order.
  List<ReceivedPart> received() {
    return received;
  }

  /// What is wrong with parts.
  List<PartFault> faults() {
    return faults;
  }

  void throwIfFailed() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void onPartBegin() {
    head = new PartHead();
  }

  @Override
  public void onPartHeader(String name, String value) {
    head.add(name, value);
    super.onPartHeader(name, value);
  }

  @Override
  public void onPartHeaders() {
    if (failure == null) {
      guarded(this::begin);
    }
  }

  @Override
  public void onPartContent(Chunk chunk) {
    if (failure == null) {
      guarded(() -> take(chunk));
    }
  }

  @Override
  public void onPart(String name, @Nullable String fileName, HttpFields headers) {
    if (failure == null && isWanted) {
      received.add(
          new ReceivedPart(
              name, head.fileName(fileName), head.mediaType(), content.sha256(), content.end()));
    }
  }

  @Override
  public void onFailure(Throwable cause) {
    fail(
        switch (cause) {
          case EOFException _ -> FormReader.malformed("its last boundary is missing");
          case HttpException http ->
              FormReader.malformed(
                  Optional.ofNullable(http.getReason()).orElse("a part is broken"));
          case IllegalStateException _ ->
              FormReader.malformed(
                  "it has more than %d parts, or a part more than %d bytes of headers"
                      .formatted(form.mostParts(), BodyRule.Form.HEAD_BYTES));
          default -> FormReader.malformed("a header of a part is not UTF-8");
        });
  }

  private void begin() {
    String name = getName();
    if (name == null || !head.isFormData()) {
      throw FormReader.malformed(
          "each part needs one header Content-Disposition: form-data with a name");
    }
    Optional<FormPart> rule =
        form.parts().stream().filter(part -> part.name().equals(name)).findFirst();
    List<PartFault> found = new ArrayList<>();
    if (rule.isEmpty()) {
      found.add(new PartFault(name, "additionalProperties", "is no part of this form"));
    } else {
      found.addAll(head.faults(rule.get(), getFileName()));
      if (counts.merge(name, 1, Integer::sum) == rule.get().most() + 1) {
        found.add(new PartFault(name, "maxItems", countRule(rule.get().most())));
      }
    }
    faults.addAll(found);
    isWanted = found.isEmpty() && counts.getOrDefault(name, 0) <= mostOf(rule);
    content = isWanted ? contentOf(rule.orElseThrow()) : new PartContent.Dropped();
  }

  private static int mostOf(Optional<FormPart> rule) {
    return rule.map(FormPart::most).orElse(0);
  }

  private static String countRule(int most) {
    return most == 1 ? "must be given once" : "must be given at most " + most + " times";
  }

  private PartContent contentOf(FormPart rule) {
    return switch (rule.kind()) {
      case FIELD, DOCUMENT -> new PartContent.Held(rule.maxBytes());
      case FILE -> new PartContent.Spooled(scratch, rule.maxBytes());
    };
  }

  private void take(Chunk chunk) throws IOException {
    String name = String.valueOf(getName());
    if (content instanceof PartContent.Held) {
      held += chunk.remaining();
    }
    if (held > BodyRule.Form.HELD_BYTES) {
      throw FormReader.tooLarge(
          name,
          "texts and documents must be at most %d bytes together"
              .formatted(BodyRule.Form.HELD_BYTES));
    }
    if (!content.add(chunk.getByteBuffer())) {
      throw FormReader.tooLarge(name, "must be at most " + content.maxBytes() + " bytes");
    }
  }

  /// A step that may end the request.
  private interface Step {
    void take() throws IOException;
  }

  private void guarded(Step step) {
    try {
      step.take();
    } catch (IOException full) {
      fail(new UncheckedIOException(full));
    } catch (RuntimeException refusal) {
      fail(refusal);
    }
  }

  private void fail(RuntimeException cause) {
    if (failure == null) {
      failure = cause;
    }
  }
}
