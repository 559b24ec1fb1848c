package dev.manyfactor.identity;

import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Field;
import dev.manyfactor.json.Fields;
import dev.manyfactor.json.Items;
import dev.manyfactor.json.JsonReader;
import dev.manyfactor.json.JsonWriter;
import dev.manyfactor.json.Text;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an OpenID provider says about itself (OpenID Connect Discovery 1.0, section 3), as far as
/// it is of use here.
///
/// @param issuer its own name
/// @param keys where its public keys are
/// @param token where tokens are given out, if it gives out any
/// @param clientAuthentication the ways in which a client may show its secret; empty means
///   `client_secret_basic`
record Discovery(
    String issuer, String keys, Optional<String> token, List<String> clientAuthentication) {

  static final Codec<Discovery> CODEC = new DiscoveryCodec();

  /// Where tokens are given out.
  ///
  /// @throws IllegalStateException if nowhere
  URI tokenEndpoint() {
    return token
        .map(URI::create)
        .orElseThrow(() ->
            new IllegalStateException(
                "%s gives out no tokens: its discovery document names no token_endpoint"
                    .formatted(issuer)));
  }

  /// Whether a client shows its secret in the form, because nothing better is supported.
  boolean wantsSecretInForm() {
    return clientAuthentication.contains("client_secret_post")
        && !clientAuthentication.contains("client_secret_basic");
  }

  private static final class DiscoveryCodec implements Codec<Discovery> {
    private static final Field<String> ISSUER = Field.required("issuer", Text.ANY);
    private static final Field<String> KEYS = Field.required("jwks_uri", Text.ANY);
    private static final Field<Optional<String>> TOKEN =
        Field.optionalOrNull("token_endpoint", Text.ANY);
    private static final Field<Optional<List<String>>> AUTHENTICATION =
        Field.optionalOrNull("token_endpoint_auth_methods_supported", Items.of(Text.ANY));
    private static final Fields FIELDS = Fields.open(ISSUER, KEYS, TOKEN, AUTHENTICATION);

    @Override
    public @Nullable Discovery read(JsonReader in) {
      var fields = in.object(FIELDS);
      return fields == null
          ? null
          : new Discovery(
              fields.value(ISSUER),
              fields.value(KEYS),
              fields.value(TOKEN),
              fields.value(AUTHENTICATION).orElse(List.of()));
    }

    @Override
    public void write(JsonWriter out, Discovery discovery) {
      out.startObject()
          .field(ISSUER, discovery.issuer())
          .field(KEYS, discovery.keys())
          .field(TOKEN, discovery.token())
          .field(AUTHENTICATION, Optional.of(discovery.clientAuthentication()))
          .endObject();
    }
  }
}
