package dev.manyfactor.web;

import dev.manyfactor.json.Violation;
import java.util.List;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartCompliance;

/// Reads a body that is a form: its parts one after another, as they come.
///
/// The server's own parser of `multipart/form-data` (RFC 7578) takes it apart. What is not
/// well-formed, or has a part that is too large, ends the request at once; every other fault is
/// kept and told with those of the parameters.
final class FormReader {
  private final BodySource source;
  private final BodyRule.Form form;

  FormReader(BodySource source, BodyRule.Form form) {
    this.source = source;
    this.form = form;
  }

  /// @throws Refused as [BodySource#drain]; with 400 if it is not well-formed, 413 if a part is too
  ///   large, 503 if there is no room for a file
  Received.Form read(String boundary) {
    return Spooling.into(scratch -> {
      var parts = new PartsListener(form, scratch);
      var parser = new MultiPart.Parser(boundary, MultiPartCompliance.RFC7578, parts);
      parser.setMaxParts(form.mostParts());
      parser.setPartHeadersMaxLength(BodyRule.Form.HEAD_BYTES);
      source.drain(chunk -> {
        parser.parse(chunk);
        parts.throwIfFailed();
      });
      return new Received.Form(parts.received(), parts.faults(), scratch);
    });
  }

  /// Ends the request: where the next part begins is not known.
  static Refused malformed(String detail) {
    var violation = new Violation("", "multipart", "must be a form as of RFC 7578: " + detail);
    Problem problem =
        Fault.INVALID_REQUEST
            .problem("the body is not well-formed multipart/form-data")
            .withViolations(List.of(violation));
    return BodySource.closing(new Refused(Response.problem(problem)));
  }

  /// Ends the request: the rest of the part is not read.
  static Refused tooLarge(String name, String detail) {
    Problem problem =
        Fault.TOO_LARGE
            .problem("a part of the form is larger than the operation takes")
            .withViolations(List.of(new PartFault(name, "maxLength", detail).violation()));
    return BodySource.closing(new Refused(Response.problem(problem)));
  }
}
