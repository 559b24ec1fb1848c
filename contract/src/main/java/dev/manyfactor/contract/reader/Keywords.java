package dev.manyfactor.contract.reader;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The keywords that one kind of object may have, and what to write instead of some others.
///
/// What is in none of these lists is refused: the lists are what the generator supports.
final class Keywords {
  static final Keywords CONTRACT =
      allow("openapi", "info", "servers", "paths", "components", "security", "tags")
          .and("externalDocs", "jsonSchemaDialect")
          .instead("webhooks", "describe what is sent in the contract of who receives it");

  /// The same for the types of what others serve, who may say what they send.
  static final Keywords CONTRACT_OF_OTHERS = CONTRACT.and("webhooks");

  static final Keywords INFO =
      allow("title", "summary", "description", "version", "contact", "license", "termsOfService");

  static final Keywords CONTACT = allow("name", "url", "email");

  static final Keywords LICENSE = allow("name", "identifier", "url");

  static final Keywords TAG = allow("name", "description", "externalDocs");

  static final Keywords EXTERNAL_DOCS = allow("description", "url");

  static final Keywords SERVER = allow("url", "description", "variables");

  static final Keywords SERVER_VARIABLE = allow("default", "enum", "description");

  static final Keywords COMPONENTS =
      allow("schemas", "parameters", "responses", "headers", "requestBodies")
          .and("examples", "pathItems", "securitySchemes");

  static final Keywords SECURITY_SCHEME =
      allow("type", "description", "openIdConnectUrl", "scheme", "bearerFormat")
          .instead("flows", "use type openIdConnect");

  static final Keywords PATH_ITEM =
      allow("summary", "description", "parameters", "get", "put", "post", "patch", "delete")
          .instead("head", "leave it out; HEAD is answered wherever there is a GET")
          .instead("options", "leave it out; OPTIONS is answered everywhere")
          .instead("servers", "paths are the same on every server");

  static final Keywords OPERATION =
      allow("operationId", "tags", "summary", "description", "parameters")
          .and("requestBody", "responses", "security")
          .and("x-transaction", "x-idempotency", "x-deadline", "deprecated", "externalDocs")
          .instead("callbacks", "describe the call in the contract of who receives it");

  static final Keywords PARAMETER =
      allow("name", "in", "description", "required", "schema", "example", "examples")
          .and("deprecated", "style", "explode")
          .instead("content", "use schema")
          .instead("allowReserved", "leave it out; what is reserved is percent-encoded")
          .instead("allowEmptyValue", "leave it out; say what may be empty by minLength");

  static final Keywords REFERENCE = allow("$ref", "summary", "description");

  /// Beside a reference to a schema: what is said of the place, not of the type.
  static final Keywords SCHEMA_REFERENCE =
      REFERENCE
          .and("title", "deprecated", "default", "example", "examples")
          .instead("type", "write it in the component")
          .instead("nullable", "write oneOf: [{$ref: …}, {type: \"null\"}]");

  /// Beside one other schema: null, or nothing.
  static final Keywords COMBINED =
      allow("oneOf", "anyOf", "allOf", "title", "description")
          .and("deprecated", "default", "example", "examples")
          .instead("type", "write it in the other schema")
          .instead("discriminator", "there is only one schema; leave it out");

  static final Keywords REQUEST_BODY = allow("description", "required", "content");

  static final Keywords RESPONSE =
      allow("description", "headers", "content").instead("links", "leave them out");

  static final Keywords MEDIA_TYPE =
      allow("schema", "example", "examples").instead("encoding", "it is for multipart/form-data");

  /// What stands under `multipart/form-data`.
  static final Keywords FORM =
      allow("schema", "encoding")
          .instead("example", "write it beside the schema of each part")
          .instead("examples", "write them beside the schema of each part");

  static final Keywords ENCODING =
      allow("contentType")
          .instead("headers", "leave them out; describe what they say as a part of its own")
          .instead("style", "leave it out; a list is one part for each item")
          .instead("explode", "leave it out; a list is one part for each item")
          .instead("allowReserved", "leave it out; parts are not percent-encoded");

  /// The object whose properties are the parts of a form.
  static final Keywords FORM_SCHEMA =
      allow("type", "title", "description", "properties", "required", "additionalProperties")
          .instead("allOf", "write all parts into one object")
          .instead("oneOf", "write all parts into one object, and let some be absent")
          .instead("example", "write it beside the schema of each part");

  /// What stands under the media type of a file.
  static final Keywords FILE_MEDIA =
      allow("schema")
          .instead("example", "leave it out; JSON and YAML cannot show a file")
          .instead("examples", "leave them out; JSON and YAML cannot show a file")
          .instead("encoding", "it is for multipart/form-data");

  /// A file: one that comes in, or one that is sent.
  static final Keywords FILE =
      allow("type", "format", "contentMediaType", "maxLength")
          .and("title", "description", "deprecated", "externalDocs", "$comment")
          .instead("contentEncoding", "leave it out; a file is sent as it is")
          .instead("minLength", "say so in the description")
          .instead("pattern", "say so in the description")
          .instead("example", "leave it out; JSON and YAML cannot show a file")
          .instead("default", "let the file be absent");

  /// Several files of one name.
  static final Keywords FILES =
      allow("type", "items", "minItems", "maxItems")
          .and("title", "description", "deprecated", "externalDocs", "$comment");

  static final Keywords EXAMPLE =
      allow("summary", "description", "value").instead("externalValue", "write the value out");

  static final Keywords HEADER =
      allow("description", "required", "schema", "example", "examples", "style", "explode");

  /// What a schema of any type may have.
  static final Keywords SCHEMA =
      allow("type", "title", "description", "default", "example", "examples", "deprecated")
          .and("externalDocs", "xml", "$comment")
          .instead(
              "anyOf",
              "use oneOf with a discriminator; only null may stand beside one other schema")
          .instead("not", "say what is allowed")
          .instead("$defs", "move them to components/schemas")
          .instead("discriminator", "it stands beside the oneOf of a union")
          .instead("nullable", "that is OpenAPI 3.0; use type: [\"string\", \"null\"]")
          .instead("readOnly", "use one schema for requests and one for responses")
          .instead("writeOnly", "use one schema for requests and one for responses");

  /// A schema that says nothing of the value.
  static final Keywords ANY =
      allow("title", "description", "deprecated", "example", "examples")
          .and("externalDocs", "$comment");

  static final Keywords STRING =
      SCHEMA
          .and("format", "minLength", "maxLength", "pattern", "enum", "const", "contentEncoding")
          .and("x-sensitive")
          .instead("contentMediaType", "say so in the description")
          .instead("minimum", "bounds are for numbers: type number, or a pattern")
          .instead("maximum", "bounds are for numbers: type number, or a pattern");

  static final Keywords NUMBER =
      SCHEMA
          .and("format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
          .and("multipleOf", "enum", "const", "x-sensitive");

  static final Keywords BOOLEAN = SCHEMA.and("enum", "const", "x-sensitive");

  static final Keywords ARRAY =
      SCHEMA
          .and("items", "minItems", "maxItems", "uniqueItems")
          .instead("x-sensitive", "mark the items")
          .instead("prefixItems", "use an object with named fields");

  static final Keywords OBJECT =
      SCHEMA
          .and("properties", "required", "additionalProperties")
          .instead("x-sensitive", "mark the fields")
          .instead("patternProperties", "use a map: additionalProperties with propertyNames")
          .instead("unevaluatedProperties", "use additionalProperties; this is for allOf")
          .instead("minProperties", "say which fields are required")
          .instead("maxProperties", "leave it out; an object has the fields that are listed")
          .instead("propertyNames", "it is for maps, which have additionalProperties");

  /// One of several objects.
  static final Keywords UNION =
      allow("oneOf", "discriminator", "type", "title", "description", "example", "examples")
          .instead("anyOf", "use oneOf with a discriminator")
          .instead("deprecated", "say so where it is used: beside the $ref")
          .instead(
              "properties", "write the fields into each of the choices, or into a part of them");

  static final Keywords DISCRIMINATOR = allow("propertyName", "mapping");

  /// An object that is made of others.
  static final Keywords COMPOSED = OBJECT.and("allOf", "unevaluatedProperties");

  /// What an object adds to those that it is made of.
  static final Keywords PART =
      allow("type", "title", "description", "properties", "required", "allOf")
          .instead("additionalProperties", "write unevaluatedProperties: false beside the allOf");

  /// An object whose names are data.
  static final Keywords MAP =
      SCHEMA
          .and("additionalProperties", "minProperties", "maxProperties", "propertyNames")
          .instead("x-sensitive", "mark the values")
          .instead("properties", "a map has no fields; give the map a field of its own beside them")
          .instead("required", "a map has no fields; use minProperties")
          .instead("patternProperties", "use propertyNames");

  /// What is said of the names of a map.
  static final Keywords NAMES =
      allow("type", "description", "minLength", "maxLength", "pattern")
          .instead("enum", "use an object with optional fields");

  /// The extensions that mean something here.
  private static final List<String> OWN_EXTENSIONS =
      List.of("x-transaction", "x-idempotency", "x-deadline", "x-sensitive");

  private final Set<String> allowed;
  private final Map<String, String> alternatives;

  private Keywords(Set<String> allowed, Map<String, String> alternatives) {
    this.allowed = allowed;
    this.alternatives = alternatives;
  }

  /// Whether an object may have this keyword.
  boolean allows(String keyword) {
    return allowed.contains(keyword) || isForOthers(keyword);
  }

  /// Whether it is an extension of another tool's: passed over, unless it may be one of ours that
  /// is misspelt or stands in the wrong place.
  static boolean isForOthers(String keyword) {
    return keyword.startsWith("x-")
        && OWN_EXTENSIONS.stream().noneMatch(own -> Words.distance(own, keyword) <= 2);
  }

  /// All that are allowed, in the order of their declaration.
  Set<String> allowed() {
    return allowed;
  }

  /// What to write instead of some that are not.
  Map<String, String> alternatives() {
    return alternatives;
  }

  /// What to do about a keyword that is not allowed.
  String remedy(String keyword) {
    String alternative = alternatives.get(keyword);
    if (alternative != null) {
      return alternative;
    }
    return allowed.stream()
        .filter(known -> Words.distance(known, keyword) <= 2)
        .min(Comparator.comparingInt(known -> Words.distance(known, keyword)))
        .map("did you mean '%s'?"::formatted)
        .orElse("supported here: " + String.join(", ", allowed));
  }

  private static Keywords allow(String... keywords) {
    return new Keywords(new LinkedHashSet<>(List.of(keywords)), Map.of());
  }

  private Keywords and(String... keywords) {
    Set<String> more = new LinkedHashSet<>(allowed);
    more.addAll(List.of(keywords));
    return new Keywords(more, alternatives);
  }

  private Keywords instead(String keyword, String alternative) {
    Map<String, String> more = new HashMap<>(alternatives);
    more.put(keyword, alternative);
    return new Keywords(allowed, more);
  }
}
