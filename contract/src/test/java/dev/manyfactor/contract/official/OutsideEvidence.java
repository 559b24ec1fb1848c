package dev.manyfactor.contract.official;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What a run over others' documents found, as docs/evidence/NAME.json.
final class OutsideEvidence {
  private static final Path FOLDER = Path.of("../docs/evidence");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final String name;
  private final Map<String, Object> found = new LinkedHashMap<>();

  OutsideEvidence(String name) {
    this.name = name;
    found.put("name", name);
    found.put("command", "build/strangers FOLDER");
    Map<String, String> on = new LinkedHashMap<>();
    on.put("commit", System.getProperty("on.commit", "unknown"));
    on.put("measured_at", System.getProperty("on.time", "unknown"));
    found.put("on", on);
  }

  OutsideEvidence with(Outside source, String sha256) {
    found.put("with", source(source, sha256));
    return this;
  }

  /// @param reasons why each group that differs does
  OutsideEvidence verdicts(Map<String, Verdict> verdicts, Map<String, String> reasons) {
    found.put("groups", verdicts.size());
    found.put("agree", count(verdicts, Verdict.Agrees.class));
    found.put("differ", reasons);
    found.put("refused", count(verdicts, Verdict.Refused.class));
    return this;
  }

  OutsideEvidence strangers(List<Stranger> strangers) {
    List<Object> documents = new ArrayList<>();
    for (Stranger stranger : strangers) {
      Map<String, Object> document = source(stranger.from(), stranger.sha256());
      document.put("bytes", stranger.bytes());
      document.put("operations", stranger.operations());
      document.put("schemas", stranger.schemas());
      document.put("types", trial(stranger.types()));
      document.put("server", trial(stranger.server()));
      documents.add(document);
    }
    found.put("documents", documents);
    return this;
  }

  void write() throws IOException {
    Files.writeString(FOLDER.resolve(name + ".json"), JSON.writeValueAsString(found) + "\n");
  }

  private static Map<String, Object> source(Outside source, String sha256) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("repository", source.repository());
    facts.put("commit", source.commit());
    facts.put("path", source.path());
    facts.put("sha256", sha256);
    return facts;
  }

  private static Object trial(Trial trial) {
    return switch (trial) {
      case Trial.Accepted(int files, int operations) ->
          Map.of("outcome", "compiles", "files", files, "operations", operations);
      case Trial.Refused(var problems) -> {
        Map<String, Object> refused = new LinkedHashMap<>();
        refused.put("outcome", "refused");
        refused.put("problems", problems.size());
        refused.put("kinds", Kinds.of(problems));
        yield refused;
      }
    };
  }

  private static long count(Map<String, Verdict> verdicts, Class<? extends Verdict> kind) {
    return verdicts.values().stream().filter(kind::isInstance).count();
  }
}
