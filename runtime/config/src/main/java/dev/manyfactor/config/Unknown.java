package dev.manyfactor.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds variables that look like settings and are none: a misspelling must not pass unnoticed.
///
/// Only names under a declared prefix can be told apart from the rest of the environment.
final class Unknown {
  private static final int LISTED = 12;
  // what Kubernetes and Docker set in every container beside a service called like the prefix
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          ".+_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");
  private static final Pattern LINK_ADDRESS = Pattern.compile("(tcp|udp|sctp)://[^@]*");

  private final Map<String, Setting> settings;
  private final List<String> offered;
  private final Set<String> prefixes;

  Unknown(Collection<Setting> settings, Set<String> prefixes) {
    this.settings =
        settings.stream()
            .flatMap(setting -> Stream.concat(Stream.of(setting), setting.former()))
            .collect(Collectors.toMap(Setting::variable, Function.identity()));
    this.offered = settings.stream().flatMap(Setting::variables).sorted().toList();
    this.prefixes = prefixes;
  }

  List<Problem> problems(Environment environment) {
    return environment.names().stream()
        .sorted()
        .filter(name -> prefixOf(name).isPresent())
        .filter(name -> isStranger(name) && !isServiceLink(name, environment))
        .map(name -> Wording.unknown(name, remedy(name)))
        .toList();
  }

  /// Whether no setting is read from this variable.
  boolean isStranger(String name) {
    return !settings.containsKey(name) && !ownerOfFile(name).map(Setting::isSecret).orElse(false);
  }

  private Optional<Setting> ownerOfFile(String name) {
    return name.endsWith("_FILE")
        ? Optional.ofNullable(settings.get(name.substring(0, name.length() - "_FILE".length())))
        : Optional.empty();
  }

  private Optional<String> prefixOf(String name) {
    return prefixes.stream().map(prefix -> prefix + "_").filter(name::startsWith).findFirst();
  }

  private static boolean isServiceLink(String name, Environment environment) {
    boolean isPort = name.endsWith("_PORT");
    return SERVICE_LINK.matcher(name).matches()
        || (isPort && LINK_ADDRESS.matcher(environment.value(name).orElse("")).matches());
  }

  private String remedy(String name) {
    Optional<Setting> plain = ownerOfFile(name);
    if (plain.isPresent()) {
      return "only a secret is read from a file; set " + plain.get().variable() + " itself";
    }
    return Spelling.nearest(name, offered)
        .map(near -> "did you mean " + near + "?")
        .orElseGet(() -> "unset it; the settings are " + listed(prefixOf(name).orElse("")));
  }

  private String listed(String prefix) {
    List<String> names = offered.stream().filter(name -> name.startsWith(prefix)).toList();
    Stream<String> some = names.stream().limit(LISTED);
    return Stream.concat(some, names.size() > LISTED ? Stream.of("…") : Stream.empty())
        .collect(Collectors.joining(", "));
  }
}
