package dev.manyfactor.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.reader.ContractReader;
import dev.manyfactor.contract.source.Bundle;
import dev.manyfactor.contract.source.InvalidContract;
import dev.manyfactor.contract.source.Problem;
import dev.manyfactor.contract.writer.ContractWriter;
import dev.manyfactor.contract.writer.SourceFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A contract of several files: read as one, told file by file, and packed as one.
class BundleTests {
  private static final String FILE = "src/main/contract/orders.openapi.yaml";
  private static final String MAIN = Fixture.text("bundle/orders.openapi.yaml");
  private static final List<String> OTHERS =
      List.of(
          "common.yaml",
          "paths/orders.yaml",
          "schemas/Order.yaml",
          "schemas/index.yaml",
          "schemas/new-order.json");

  private static Map<Path, String> files() {
    Map<Path, String> files = new HashMap<>();
    for (String file : OTHERS) {
      files.put(Path.of(file), Fixture.text("bundle/" + file));
    }
    return files;
  }

  @Test
  void whatIsPackedNeedsNoOtherFileAndSaysTheSame() throws InvalidContract {
    Bundle bundle = bundle(files());
    String packed = bundle.text();
    assertThat(packed)
        .startsWith("# Made of orders.openapi.yaml and the files that it refers to.\n");
    assertThat(packed.lines().filter(line -> line.contains("$ref: ")))
        .hasSizeGreaterThan(8)
        .allMatch(line -> line.contains("$ref: \"#/components/"));
    Bundle again = Bundle.of(FILE, packed, _ -> Optional.empty());
    assertThat(again.text()).isEqualTo(packed);
    assertThat(code(again)).isEqualTo(code(bundle));
  }

  @Test
  void aPartIsTakenOnceHoweverManyWaysLeadToItAndThroughAnyNumberOfFiles() throws InvalidContract {
    assertThat(code(bundle(files())))
        .extracting(SourceFile::name)
        .contains("Order.java", "OrderLine.java", "Money.java", "NewOrder.java", "Currency.java")
        .contains("OrderEvent.java", "Placed.java", "Cancelled.java")
        .doesNotHaveDuplicates();
  }

  @Test
  void textThatOtherYamlReadersTakeForSomethingElseIsQuoted() {
    assertThat(bundle(files()).text())
        .contains("- \"NO\"", "- \"on\"", "example: \"2026-11-20\"", "maxLength: 3", "\"200\":")
        .contains("description: |", "  First line.");
  }

  @Test
  void aContractOfOneFileIsPackedAsItIs() {
    String notes = Fixture.text("notes.openapi.yaml");
    assertThat(Bundle.of(FILE, notes, _ -> Optional.empty()).text()).isSameAs(notes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "common.yaml | maxLength: 3 | maxLenght: 3 | common.yaml | maxLenght | 'maxLenght' is not supported; did you mean 'maxLength'?",
        "common.yaml | example: 3 | example: -1 | common.yaml | minor: | the example breaks minimum",
        "common.yaml | default: EUR | default: DM | common.yaml | default: DM | the default breaks enum",
        "common.yaml | schemas/Currency | schemas/Curency | common.yaml | Curency | common.yaml has no '/components/schemas/Curency'; correct the $ref, or add it",
        "schemas/Order.yaml | ../common.yaml | ../comon.yaml | schemas/Order.yaml | comon | there is no file src/main/contract/comon.yaml",
        "schemas/Order.yaml | ../common.yaml | ../../common.yaml | schemas/Order.yaml | ../../ | leads out of the contract's folder",
        "schemas/Order.yaml | ../common.yaml | /etc/passwd | schemas/Order.yaml | passwd | leads out of the contract's folder",
        "schemas/Order.yaml | ../common.yaml | file:///etc/passwd | schemas/Order.yaml | passwd | is an address",
        "schemas/Order.yaml | #/$defs/OrderLine | ../common.yaml#OrderLine | schemas/Order.yaml | #OrderLine | is an anchor; write it like common.yaml#/components/",
        "schemas/Order.yaml | type: object | type: [ | schemas/Order.yaml | required: | not valid YAML",
        "schemas/new-order.json | note | lines | schemas/new-order.json | string | stands here twice",
        "paths/orders.yaml | placeOrder | readOrder | orders.openapi.yaml | get: | already that of line 1 of src/main/contract/paths/orders.yaml",
        "schemas/Order.yaml | #/$defs/OrderLine | ../common.yaml#/components/schemas/Order | common.yaml | Order: | components/schemas has another 'Order' at line 28 of src/main/contract/orders.openapi.yaml",
        "schemas/index.yaml | ./Order.yaml | ./index.yaml#/Order | orders.openapi.yaml | index.yaml | only leads back to itself",
      })
  void aMistakeIsToldInItsOwnFile(
      String file, String correct, String planted, String told, String line, String message) {
    Map<Path, String> files = files();
    String text = Objects.requireNonNull(files.get(Path.of(file)), file);
    files.put(Path.of(file), new Mistake(correct, planted, message, line).in(text));
    InvalidContract invalid =
        catchThrowableOfType(InvalidContract.class, () -> code(bundle(files)));
    assertThat(Objects.requireNonNull(invalid, "the contract was accepted").problems())
        .anySatisfy(problem -> {
          assertThat(problem.message()).contains(message);
          assertThat(problem.file()).isEqualTo("src/main/contract/" + told);
          assertThat(line(files, problem, told)).contains(line);
        });
  }

  private static String line(Map<Path, String> files, Problem problem, String file) {
    String text = files.getOrDefault(Path.of(file), MAIN);
    return text.lines().toList().get(problem.line() - 1);
  }

  private static Bundle bundle(Map<Path, String> files) {
    return Bundle.of(FILE, MAIN, path -> Optional.ofNullable(files.get(path)));
  }

  private static List<SourceFile> code(Bundle bundle) throws InvalidContract {
    return ContractWriter.write(
        ContractReader.read("orders", bundle, Kind.SERVER), Kind.SERVER, "example.orders");
  }
}
