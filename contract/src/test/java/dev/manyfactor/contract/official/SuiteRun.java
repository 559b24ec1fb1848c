package dev.manyfactor.contract.official;

import dev.manyfactor.contract.Compiled;
import dev.manyfactor.contract.model.Contract;
import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.reader.ContractReader;
import dev.manyfactor.contract.source.InvalidContract;
import dev.manyfactor.contract.source.Problem;
import dev.manyfactor.contract.writer.ContractWriter;
import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Json;
import dev.manyfactor.json.Parsed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Runs the suite: each group that the generator takes is compiled, all of them at once, and every
/// document is read by the codec.
final class SuiteRun {
  private SuiteRun() {}

  /// What became of each group, in the order of the suite.
  ///
  /// @param folder for the compiled classes
  static Map<Suite.Group, Verdict> of(List<Suite.Group> groups, Path folder) throws Exception {
    Map<Suite.Group, Verdict> verdicts = new LinkedHashMap<>();
    List<Adapted> taken = new ArrayList<>();
    for (Suite.Group group : groups) {
      Adapted adapted = new Adapted(group, verdicts.size());
      List<String> problems = problems(adapted);
      verdicts.put(group, new Verdict.Refused(problems));
      if (problems.isEmpty()) {
        taken.add(adapted);
      }
    }
    Compiled compiled =
        Compiled.of(ContractWriter.write(contract(taken), Kind.TYPES, Compiled.PACKAGE), folder);
    for (Adapted adapted : taken) {
      verdicts.put(adapted.group(), verdict(adapted, compiled.codec(adapted.type())));
    }
    return verdicts;
  }

  private static List<String> problems(Adapted group) {
    try {
      contract(List.of(group));
      return List.of();
    } catch (InvalidContract invalid) {
      return invalid.problems().stream().map(Problem::kind).distinct().sorted().toList();
    }
  }

  private static Contract contract(List<Adapted> groups) throws InvalidContract {
    ObjectNode contract = Suite.MAPPER.createObjectNode().put("openapi", "3.1.0");
    contract.putObject("info").put("title", "Suite").put("version", "1");
    ObjectNode schemas = contract.putObject("components").putObject("schemas");
    for (Adapted group : groups) {
      for (Map.Entry<String, JsonNode> component : group.components().entrySet()) {
        schemas.set(component.getKey(), component.getValue());
      }
    }
    String text = contract.toPrettyString();
    return ContractReader.read("suite", "suite.openapi.yaml", text, Kind.TYPES);
  }

  private static Verdict verdict(Adapted group, Codec<Object> codec) {
    List<Suite.Document> documents = group.group().documents();
    List<Integer> different = new ArrayList<>();
    for (int number = 0; number < documents.size(); number++) {
      Suite.Document document = documents.get(number);
      byte[] utf8 = group.document(document).getBytes(StandardCharsets.UTF_8);
      boolean isValid = Json.parse(utf8, codec) instanceof Parsed.Valid<Object>;
      if (isValid != group.expects(document)) {
        different.add(number);
      }
    }
    String added = group.added();
    return different.isEmpty()
        ? new Verdict.Agrees(documents.size(), added)
        : new Verdict.Differs(different, documents.size(), added);
  }
}
