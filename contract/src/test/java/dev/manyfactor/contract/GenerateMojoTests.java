package dev.manyfactor.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the goal does to a project.
class GenerateMojoTests {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000);

  @TempDir Path folder;
  private Path contract;
  private MavenProject project;

  @BeforeEach
  void layOutTheProject() throws IOException {
    contract = folder.resolve("src/main/contract/notes.openapi.yaml");
    Files.createDirectories(contract.getParent());
    Files.writeString(contract, Fixture.text("notes.openapi.yaml"));
    project = new MavenProject();
    project.setFile(folder.resolve("pom.xml").toFile());
  }

  @Test
  void theCodeIsCompiledAndTheContractPacked() throws Exception {
    mojo("server").execute();
    assertThat(project.getCompileSourceRoots()).containsExactly(folder.resolve("java").toString());
    assertThat(project.getResources())
        .extracting(Resource::getDirectory)
        .containsExactly(folder.resolve("resources").toString());
    assertThat(folder.resolve("java/example/notes/NotesApi.java")).isRegularFile();
    assertThat(folder.resolve("resources/META-INF/manyfactor/notes.openapi.yaml"))
        .hasSameTextualContentAs(contract);
    assertThat(folder.resolve("resources/META-INF/manyfactor/notes.html"))
        .content()
        .startsWith("<!DOCTYPE html>")
        .contains("<h1>Notes</h1>");
  }

  @Test
  void aChangeInAnotherFileOfTheContractIsSeenByTheNextBuild() throws Exception {
    String colour = "type: string\nenum: [yellow, light_blue]\n";
    Path other = contract.resolveSibling("parts/Colour.yaml");
    Files.createDirectories(other.getParent());
    Files.writeString(other, colour);
    Files.writeString(
        contract,
        Fixture.text("notes.openapi.yaml")
            .replace("#/components/schemas/Colour", "parts/Colour.yaml")
            .replaceFirst("    Colour:\\n.*\\n.*\\n.*\\n", ""));
    mojo("server").execute();
    Path made = folder.resolve("java/example/notes/Colour.java");
    assertThat(made).content().contains("LIGHT_BLUE");
    assertThat(folder.resolve("resources/META-INF/manyfactor/notes.openapi.yaml"))
        .content()
        .contains("$ref: \"#/components/schemas/Colour\"", "light_blue")
        .doesNotContain("parts/Colour.yaml");
    Files.writeString(other, colour.replace("light_blue", "red"));
    mojo("server").execute();
    assertThat(made).content().contains("RED").doesNotContain("LIGHT_BLUE");
  }

  @Test
  void theTypesOfAnotherServiceArePackedWithoutItsContract() throws Exception {
    mojo("types").execute();
    assertThat(folder.resolve("java/example/notes/Note.java")).isRegularFile();
    assertThat(folder.resolve("java/example/notes/NotesApi.java")).doesNotExist();
    assertThat(project.getResources()).isEmpty();
  }

  @Test
  void aFileThatDoesNotChangeIsNotTouched() throws Exception {
    mojo("server").execute();
    for (Path file : generated()) {
      Files.setLastModifiedTime(file, LONG_AGO);
    }
    Files.writeString(
        contract,
        Fixture.text("notes.openapi.yaml").replace("[yellow, light_blue]", "[yellow, red]"));
    mojo("server").execute();
    for (Path file : generated()) {
      boolean isUntouched = Files.getLastModifiedTime(file).equals(LONG_AGO);
      assertThat(isUntouched).as(file.toString()).isEqualTo(!file.endsWith("Colour.java"));
    }
  }

  @Test
  void aFileThatIsNoLongerMadeIsDeletedButNoOther() throws Exception {
    mojo("server").execute();
    Path stale = folder.resolve("java/example/notes/Stale.java");
    Files.copy(folder.resolve("java/example/notes/Note.java"), stale);
    Path written =
        Files.writeString(folder.resolve("java/example/notes/Mine.java"), "class Mine {}");
    mojo("server").execute();
    assertThat(stale).doesNotExist();
    assertThat(written).exists();
  }

  @Test
  void everyProblemIsInTheFailureWithAPathToClickOn() throws Exception {
    String broken =
        Fixture.text("notes.openapi.yaml")
            .replace("maxLength: 500", "maxLenght: 500")
            .replace("security: [{oidc: [notes:read]}]", "tags: []");
    Files.writeString(contract, broken);
    assertThatThrownBy(() -> mojo("server").execute())
        .isInstanceOf(MojoFailureException.class)
        .hasMessageStartingWith("2 problems in the contract:\n")
        .hasMessageContaining(
            "\nsrc/main/contract/notes.openapi.yaml:8: listNotes: says nothing of who may use it")
        .hasMessageContaining(
            "NewNote.text: 'maxLenght' is not supported; did you mean 'maxLength'?");
    assertThat(folder.resolve("java")).doesNotExist();
  }

  @Test
  void wrongSettingsAreToldByName() throws Exception {
    assertThatThrownBy(() -> mojo("client").execute())
        .hasMessage("<kind> must be server or types, but is client");
    assertThatThrownBy(() -> with(mojo("server"), "packageName", "a.long").execute())
        .hasMessage("<packageName> must be a Java package, but is 'a.long'");
    File missing = folder.resolve("missing.openapi.yaml").toFile();
    assertThatThrownBy(() -> with(mojo("server"), "contract", missing).execute())
        .hasMessageContaining("<contract> does not exist");
    File other = Files.createFile(folder.resolve("notes.yaml")).toFile();
    assertThatThrownBy(() -> with(mojo("server"), "contract", other).execute())
        .hasMessageContaining("must be a file called <name>.openapi.yaml");
  }

  private List<Path> generated() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("java/example/notes"))) {
      return files.toList();
    }
  }

  private GenerateMojo mojo(String kind) throws ReflectiveOperationException {
    GenerateMojo mojo = new GenerateMojo();
    with(mojo, "contract", contract.toFile());
    with(mojo, "packageName", "example.notes");
    with(mojo, "kind", kind);
    with(mojo, "outputDirectory", folder.resolve("java").toFile());
    with(mojo, "resourceDirectory", folder.resolve("resources").toFile());
    return with(mojo, "project", project);
  }

  /// Fills a field, as Maven does.
  private static GenerateMojo with(GenerateMojo mojo, String name, Object value)
      throws ReflectiveOperationException {
    Field field = GenerateMojo.class.getDeclaredField(name);
    field.setAccessible(true);
    field.set(mojo, value);
    return mojo;
  }
}
