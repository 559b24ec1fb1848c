package dev.manyfactor.identity;

import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Field;
import dev.manyfactor.json.Fields;
import dev.manyfactor.json.Int64;
import dev.manyfactor.json.JsonReader;
import dev.manyfactor.json.JsonWriter;
import dev.manyfactor.json.Text;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a token endpoint answers (RFC 6749, section 5.1).
///
/// @param token what to present
/// @param lifetime how long it lasts; a minute if the endpoint does not say
record TokenReply(String token, Duration lifetime) {
  static final Codec<TokenReply> CODEC = new TokenReplyCodec();

  private static final long UNSAID = 60;
  private static final long LONGEST = Duration.ofDays(1).toSeconds();

  /// Never shows the token.
  @Override
  public String toString() {
    return "a token for " + lifetime;
  }

  private static final class TokenReplyCodec implements Codec<TokenReply> {
    private static final Field<String> TOKEN =
        Field.required("access_token", Text.ANY.atLeast(1).atMost(64 << 10));
    private static final Field<Optional<Long>> LIFETIME =
        Field.optionalOrNull("expires_in", Int64.ANY.atLeast(1));
    private static final Fields FIELDS = Fields.open(TOKEN, LIFETIME);

    @Override
    public @Nullable TokenReply read(JsonReader in) {
      var fields = in.object(FIELDS);
      if (fields == null) {
        return null;
      }
      long seconds = Math.min(LONGEST, fields.value(LIFETIME).orElse(UNSAID));
      return new TokenReply(fields.value(TOKEN), Duration.ofSeconds(seconds));
    }

    @Override
    public void write(JsonWriter out, TokenReply reply) {
      out.startObject()
          .field(TOKEN, reply.token())
          .field(LIFETIME, Optional.of(reply.lifetime().toSeconds()))
          .endObject();
    }
  }
}
