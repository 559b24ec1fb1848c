package dev.manyfactor.contract.writer;

import dev.manyfactor.contract.model.Contract;
import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.model.Operation;
import dev.manyfactor.contract.writer.SourceFile.Origin;
import java.util.ArrayList;
import java.util.List;

/// Writes all the Java that a contract becomes.
public final class ContractWriter {
  private ContractWriter() {}

  /// Every file, in no order that matters; the same contract always becomes the same text.
  public static List<SourceFile> write(Contract contract, Kind kind, String packageName) {
    Origin origin = new Origin(contract.name(), kind, packageName);
    List<SourceFile> files = new ArrayList<>();
    files.add(PackageWriter.write(origin, contract, kind));
    for (Declaration declaration : contract.declarations()) {
      switch (declaration) {
        case Declaration.Structure structure -> {
          files.add(RecordWriter.write(origin, structure));
          files.add(new CodecWriter(contract, kind).write(origin, structure));
        }
        case Declaration.Union union -> files.add(UnionWriter.write(origin, union));
        case Declaration.Enumeration enumeration ->
            files.add(EnumWriter.write(origin, enumeration));
      }
    }
    if (kind == Kind.SERVER) {
      String api = ApiWriter.typeName(contract);
      files.add(ApiWriter.write(origin, contract));
      for (Operation operation : contract.operations()) {
        files.add(OutcomeWriter.write(origin, operation));
        files.add(new OperationWriter(contract, operation).write(origin, api));
      }
    }
    return files;
  }
}
