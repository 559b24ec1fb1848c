package dev.manyfactor.contract.writer;

import dev.manyfactor.contract.model.JavaTypes;
import dev.manyfactor.contract.model.Kind;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One file of generated Java.
///
/// @param name such as `Payment.java`
/// @param text all of it, with a line break at its end
public record SourceFile(String name, String text) {
  /// How every generated file begins.
  public static final String NOTICE = "// Generated from ";

  private static final Pattern NO_CODE = Pattern.compile("//.*|\"(\\\\.|[^\"\\\\])*\"");
  private static final Pattern TYPE = Pattern.compile("(?<![.\\w])[A-Z]\\w*");

  /// A file that declares one type.
  ///
  /// @param type its simple name
  /// @param code its declaration and documentation
  static SourceFile of(Origin origin, String type, String code) {
    String imports =
        TYPE.matcher(NO_CODE.matcher(code).replaceAll(""))
            .results()
            .map(MatchResult::group)
            .distinct()
            .flatMap(name -> JavaTypes.imported(origin.kind(), name).stream())
            .sorted()
            .map("import %s;\n"::formatted)
            .collect(Collectors.joining());
    String head = origin.notice() + "package " + origin.packageName() + ";\n\n";
    return new SourceFile(type + ".java", head + (imports.isEmpty() ? "" : imports + "\n") + code);
  }

  /// The annotation of a type that has to use what callers are asked to leave.
  static List<String> suppression(boolean isNeeded) {
    return isNeeded ? List.of("@SuppressWarnings(\"deprecation\")") : List.of();
  }

  /// Where generated code comes from and where it goes.
  ///
  /// @param contract the contract's name, such as `payments`
  /// @param packageName the Java package
  record Origin(String contract, Kind kind, String packageName) {
    /// The first line of each file.
    String notice() {
      return NOTICE + contract + ".openapi.yaml; change it there.\n";
    }
  }
}
