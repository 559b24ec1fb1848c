package dev.manyfactor.fuzz.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Reads what a body may be.
final class ContentReader {
  private static final int MOST_BYTES = 10 << 20;
  private static final String FORM = "multipart/form-data";
  private static final String JSON = "application/json";

  private final Api api;
  private final ShapeReader shapes;

  ContentReader(Api api) {
    this.api = api;
    this.shapes = new ShapeReader(api);
  }

  /// @param content by media type
  ApiContent read(JsonNode content) {
    if (content.has(JSON)) {
      return new ApiContent.Json(shapes.read(content.path(JSON).path("schema")));
    }
    if (content.has(FORM)) {
      return form(content.path(FORM));
    }
    JsonNode first = content.values().iterator().next();
    return new ApiContent.Body(
        file(api.followed(first.path("schema")), List.copyOf(content.propertyNames())));
  }

  private ApiContent.Form form(JsonNode media) {
    JsonNode schema = api.followed(media.path("schema"));
    Map<String, ApiContent.Part> parts = new LinkedHashMap<>();
    schema
        .path("properties")
        .properties()
        .forEach(it ->
            parts.put(
                it.getKey(),
                part(api.followed(it.getValue()), media.path("encoding").path(it.getKey()))));
    var required = new TreeSet<String>();
    schema.path("required").values().forEach(name -> required.add(name.asString()));
    return new ApiContent.Form(parts, required);
  }

  private ApiContent.Part part(JsonNode schema, JsonNode encoding) {
    if (isFile(schema)) {
      return new ApiContent.Files(file(schema, types(schema, encoding)), 1, 1);
    }
    JsonNode items = api.followed(schema.path("items"));
    if (isFile(items)) {
      return new ApiContent.Files(
          file(items, types(items, encoding)),
          schema.path("minItems").asInt(1),
          schema.path("maxItems").asInt(1));
    }
    Shape shape = shapes.read(schema);
    return switch (api.resolved(shape)) {
      case Shape.Struct _, Shape.Mapping _, Shape.Union _ -> new ApiContent.Document(shape);
      case Shape _ -> new ApiContent.Field(shape);
    };
  }

  private static boolean isFile(JsonNode schema) {
    return schema.path("format").asString("").equals("binary");
  }

  private static ApiContent.File file(JsonNode schema, List<String> types) {
    return new ApiContent.File(types, schema.path("maxLength").asInt(MOST_BYTES));
  }

  private static List<String> types(JsonNode schema, JsonNode encoding) {
    var types = new ArrayList<String>();
    encoding
        .path("contentType")
        .asStringOpt()
        .or(() -> schema.path("contentMediaType").asStringOpt())
        .ifPresent(text -> Arrays.stream(text.split(",")).map(String::strip).forEach(types::add));
    return types;
  }
}
