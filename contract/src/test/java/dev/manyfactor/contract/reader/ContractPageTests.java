package dev.manyfactor.contract.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The page of supported keywords says what the generator's lists say.
///
/// After a change run the test with `-Dwrite.pages=true`: it writes everything but the meanings,
/// and leaves a `?` where one is missing.
class ContractPageTests {
  private static final Path PAGE = Path.of("../docs/reference/contract.md");
  private static final String START = "<!-- from here on written by ContractPageTests -->\n";
  private static final Pattern SECTION = Pattern.compile("(?m)^### ");
  private static final Pattern MEANING = Pattern.compile("(?m)^\\| `(\\S+)` \\| (.*) \\|$");

  /// The kinds of object, in the order of the page, by what their section is called.
  private static final Map<String, Keywords> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("The document", Keywords.CONTRACT);
    KINDS.put("info", Keywords.INFO);
    KINDS.put("contact", Keywords.CONTACT);
    KINDS.put("license", Keywords.LICENSE);
    KINDS.put("tag", Keywords.TAG);
    KINDS.put("externalDocs", Keywords.EXTERNAL_DOCS);
    KINDS.put("server", Keywords.SERVER);
    KINDS.put("server variable", Keywords.SERVER_VARIABLE);
    KINDS.put("components", Keywords.COMPONENTS);
    KINDS.put("securityScheme", Keywords.SECURITY_SCHEME);
    KINDS.put("path", Keywords.PATH_ITEM);
    KINDS.put("operation", Keywords.OPERATION);
    KINDS.put("parameter", Keywords.PARAMETER);
    KINDS.put("reference", Keywords.REFERENCE);
    KINDS.put("requestBody", Keywords.REQUEST_BODY);
    KINDS.put("response", Keywords.RESPONSE);
    KINDS.put("media type", Keywords.MEDIA_TYPE);
    KINDS.put("multipart/form-data", Keywords.FORM);
    KINDS.put("encoding of a part", Keywords.ENCODING);
    KINDS.put("Form: schema of multipart/form-data", Keywords.FORM_SCHEMA);
    KINDS.put("Files: array of files in a form", Keywords.FILES);
    KINDS.put("media type of a file", Keywords.FILE_MEDIA);
    KINDS.put("File: format binary, or a contentMediaType that is no text", Keywords.FILE);
    KINDS.put("example", Keywords.EXAMPLE);
    KINDS.put("header", Keywords.HEADER);
    KINDS.put("Every schema", Keywords.SCHEMA);
    KINDS.put("Any JSON: a schema of no type", Keywords.ANY);
    KINDS.put("Schema of type string", Keywords.STRING);
    KINDS.put("Schema of type integer or number", Keywords.NUMBER);
    KINDS.put("Schema of type array", Keywords.ARRAY);
    KINDS.put("Schema of type object", Keywords.OBJECT);
    KINDS.put("Object with allOf", Keywords.COMPOSED);
    KINDS.put("Part of an allOf", Keywords.PART);
    KINDS.put("Map: object with a schema in additionalProperties", Keywords.MAP);
    KINDS.put("propertyNames", Keywords.NAMES);
    KINDS.put("Union: oneOf", Keywords.UNION);
    KINDS.put("discriminator", Keywords.DISCRIMINATOR);
    KINDS.put("Reference to a schema", Keywords.SCHEMA_REFERENCE);
    KINDS.put("One other schema, or null", Keywords.COMBINED);
  }

  @Test
  void thePageListsEveryKeywordAndEachAlternative() throws IOException {
    String page = Files.readString(PAGE);
    String actual = page.substring(0, page.indexOf(START)) + START + sections(meanings(page));
    if (Boolean.getBoolean("write.pages")) {
      Files.writeString(PAGE, actual);
    }
    assertThat(Files.readString(PAGE)).as("%s differs from Keywords.java", PAGE).isEqualTo(actual);
  }

  @Test
  void everyKeywordHasAMeaning() throws IOException {
    assertThat(meanings(Files.readString(PAGE)).values())
        .hasSizeGreaterThan(120)
        .doesNotContain("?");
  }

  @Test
  void everyFormatIsOnThePage() throws IOException {
    assertThat(Files.readString(PAGE))
        .contains(
            ScalarReader.formats().stream().map("| `%s` |"::formatted).toArray(String[]::new));
  }

  private static Map<String, String> meanings(String page) {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (String section : SECTION.splitAsStream(page).toList()) {
      String kind = section.lines().findFirst().orElse("");
      for (MatchResult row : MEANING.matcher(section).results().toList()) {
        meanings.put(kind + " " + row.group(1), row.group(2));
      }
    }
    return meanings;
  }

  private static String sections(Map<String, String> meanings) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Keywords> kind : KINDS.entrySet()) {
      lines.add("### " + kind.getKey());
      lines.add("| keyword | what it becomes |");
      lines.add("| --- | --- |");
      for (String keyword : own(kind.getKey(), kind.getValue().allowed())) {
        String meaning = meanings.getOrDefault(kind.getKey() + " " + keyword, "?");
        lines.add("| `%s` | %s |".formatted(keyword, meaning));
      }
      lines.add("");
      String refused =
          own(kind.getKey(), kind.getValue().alternatives().keySet()).stream()
              .filter(keyword -> !kind.getValue().allows(keyword))
              .sorted()
              .map(keyword -> "`%s` (%s)".formatted(keyword, kind.getValue().remedy(keyword)))
              .collect(Collectors.joining(", "));
      if (!refused.isEmpty()) {
        lines.add("Refused: " + refused + ".");
        lines.add("");
      }
    }
    lines.removeLast();
    return String.join("\n", lines) + "\n";
  }

  /// Without those that every schema has, which have a section of their own.
  private static List<String> own(String kind, Iterable<String> keywords) {
    boolean isOfType =
        Stream.of("Schema ", "Object ", "Map").anyMatch(start -> kind.startsWith(start));
    List<String> own = new ArrayList<>();
    for (String keyword : keywords) {
      boolean isCommon =
          Keywords.SCHEMA.allows(keyword) || Keywords.SCHEMA.alternatives().containsKey(keyword);
      if (!isOfType || !isCommon || isAllOf(kind, keyword)) {
        own.add(keyword);
      }
    }
    return own;
  }

  private static boolean isAllOf(String kind, String keyword) {
    return keyword.equals("allOf") && kind.equals("Object with allOf");
  }
}
