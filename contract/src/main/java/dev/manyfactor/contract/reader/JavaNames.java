package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.model.JavaTypes;
import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.model.Operation;
import dev.manyfactor.contract.source.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes sure that no two Java types want the same name.
final class JavaNames {
  private final Map<String, String> makerByType = new HashMap<>();
  private final Problems problems;

  JavaNames(Kind kind, Problems problems) {
    this.problems = problems;
    JavaTypes.names(kind).forEach(name -> makerByType.put(name, "used by the generated code"));
    if (kind == Kind.SERVER) {
      ReasonPhrase.names().forEach(name -> makerByType.put(name, "the name of an outcome"));
      makerByType.put("Query", "the name of the parameters of an operation");
      makerByType.put("Form", "the name of the parts of a form");
    }
  }

  void check(String contract, List<Declaration> declarations, List<Operation> operations) {
    claim(1, Names.type(contract) + "Api", "the interface of the contract");
    for (Operation operation : operations) {
      claim(1, operation.typeName(), "the outcome of operation " + operation.id());
      claim(1, operation.typeName() + "Operation", "operation " + operation.id());
    }
    for (Declaration declaration : declarations) {
      claim(declaration.line(), declaration.name(), "schema " + declaration.name());
      if (declaration instanceof Declaration.Structure) {
        claim(
            declaration.line(), declaration.name() + "Codec", "the codec of " + declaration.name());
      }
    }
  }

  private void claim(int line, String type, String maker) {
    String former = makerByType.putIfAbsent(type, maker);
    if (former != null && !former.equals(maker)) {
      problems.add(
          line,
          "%s would become the Java type %s, which is %s; rename it"
              .formatted(maker, type, former));
    }
  }
}
