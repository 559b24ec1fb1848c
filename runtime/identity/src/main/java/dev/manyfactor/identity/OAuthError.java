package dev.manyfactor.identity;

import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Field;
import dev.manyfactor.json.Fields;
import dev.manyfactor.json.Json;
import dev.manyfactor.json.JsonReader;
import dev.manyfactor.json.JsonWriter;
import dev.manyfactor.json.Parsed;
import dev.manyfactor.json.Text;
import dev.manyfactor.resilience.Reply;
import org.jspecify.annotations.Nullable;

/// Why a token endpoint refuses (RFC 6749, section 5.2): the code only, because the description is
/// free text.
///
/// @param code for example `invalid_scope`
record OAuthError(String code) {

  /// The status and, if there is one, the code.
  static String in(Reply reply) {
    return switch (Json.parse(reply.bytes(), ErrorCodec.CODEC)) {
      case Parsed.Valid<OAuthError> valid -> reply.status() + " " + valid.value().code();
      case Parsed.Invalid<OAuthError> _, Parsed.Malformed<OAuthError> _ ->
          Integer.toString(reply.status());
    };
  }

  private static final class ErrorCodec implements Codec<OAuthError> {
    static final ErrorCodec CODEC = new ErrorCodec();
    private static final Field<String> ERROR =
        Field.required("error", Text.ANY.atMost(60).matching("^[a-z_]+$"));
    private static final Fields FIELDS = Fields.open(ERROR);

    @Override
    public @Nullable OAuthError read(JsonReader in) {
      var fields = in.object(FIELDS);
      return fields == null ? null : new OAuthError(fields.value(ERROR));
    }

    @Override
    public void write(JsonWriter out, OAuthError error) {
      out.startObject().field(ERROR, error.code()).endObject();
    }
  }
}
