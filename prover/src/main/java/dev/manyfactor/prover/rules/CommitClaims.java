package dev.manyfactor.prover.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a text says of the commit that something was made from.
///
/// @param named what is called a commit or a revision, as it is written
/// @param words everything else that could be an id
/// @param isChanged whether it says that files were changed since
record CommitClaims(List<String> named, List<String> words, boolean isChanged) {
  private static final String ID = "g?([0-9a-f]{7,64})([-+.](?:dirty|modified|changed))?";
  private static final Pattern WHOLE = Pattern.compile(ID);
  private static final Pattern WORD = Pattern.compile("(?<![0-9A-Za-z])" + ID + "(?![0-9A-Za-z])");
  private static final Pattern LABELLED =
      Pattern.compile(
          "(?i:commit|revision|(?<![0-9A-Za-z_-])(?:git[_-]?)?sha)(?i:[ _-]?(?:id|hash))? ?[:=] ?"
              + ID
              + "(?![0-9A-Za-z])");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,20}"); // a moment or a number
  private static final int DEEPEST = 20;

  CommitClaims {
    named = List.copyOf(named);
    words = List.copyOf(words);
  }

  /// Reads the members of a JSON document, or the words of any other text.
  static CommitClaims of(String text) {
    List<String> words = ids(WORD, text);
    Optional<JsonNode> json = json(text);
    if (json.isEmpty()) {
      return new CommitClaims(
          ids(LABELLED, text).stream().filter(id -> !isNumber(id)).toList(), words, false);
    }
    List<String> named = new ArrayList<>();
    collect(json.get(), false, DEEPEST, named);
    return new CommitClaims(named, words, saysChanged(json.get(), DEEPEST));
  }

  /// The first claim that is this commit: the whole id, or at least seven letters of it.
  Optional<String> naming(String commit) {
    return Stream.concat(named.stream(), words.stream())
        .filter(claim -> commit.startsWith(claim))
        .findFirst();
  }

  /// What is called a commit and is not this one.
  Optional<String> differing(String commit) {
    boolean isNamed = named.stream().anyMatch(commit::startsWith);
    return isNamed
        ? Optional.empty()
        : named.stream().filter(claim -> !commit.startsWith(claim)).findFirst();
  }

  private static List<String> ids(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(CommitClaims::id).toList();
  }

  private static boolean isNumber(String text) {
    return DIGITS.matcher(text).matches();
  }

  private static String id(MatchResult match) {
    String ending = match.group(2);
    return match.group(1) + (ending == null ? "" : ending);
  }

  private static Optional<JsonNode> json(String text) {
    try {
      return Optional.of(JsonMapper.shared().readTree(text)).filter(JsonNode::isContainer);
    } catch (JacksonException noJson) {
      return Optional.empty();
    }
  }

  private static void collect(JsonNode node, boolean isCommit, int depth, List<String> named) {
    if (node.isString() && isCommit) {
      Matcher id = WHOLE.matcher(node.asString());
      if (id.matches() && !isNumber(node.asString())) {
        named.add(id(id.toMatchResult()));
      }
    } else if (depth > 0) {
      node.propertyStream()
          .forEach(member ->
              collect(member.getValue(), isCommit || isCommit(member.getKey()), depth - 1, named));
      if (node.isArray()) {
        node.forEach(element -> collect(element, isCommit, depth - 1, named));
      }
    }
  }

  private static boolean isCommit(String member) {
    String name = letters(member);
    return name.contains("commit")
        || name.contains("revision")
        || name.equals("sha")
        || name.equals("gitsha")
        || name.equals("githash");
  }

  private static boolean saysChanged(JsonNode node, int depth) {
    return depth > 0
        && node.propertyStream()
            .anyMatch(member ->
                (isChange(member.getKey()) && member.getValue().asString("").equals("true"))
                    || saysChanged(member.getValue(), depth - 1));
  }

  private static boolean isChange(String member) {
    String name = letters(member);
    return name.endsWith("dirty") || name.equals("vcsmodified") || name.equals("gitmodified");
  }

  private static String letters(String member) {
    return member.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }
}
