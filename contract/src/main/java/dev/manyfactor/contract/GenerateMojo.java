package dev.manyfactor.contract;

import dev.manyfactor.contract.model.Contract;
import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.page.ContractPage;
import dev.manyfactor.contract.reader.ContractReader;
import dev.manyfactor.contract.source.Bundle;
import dev.manyfactor.contract.source.InvalidContract;
import dev.manyfactor.contract.writer.ContractWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.lang.model.SourceVersion;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/// Makes Java of a contract, and packs the contract of a server into the jar as
/// `META-INF/manyfactor/<name>.openapi.yaml`, together with what it takes from other files; beside
/// it the page that people read, `<name>.html`.
///
/// Files whose text has not changed are not touched, so nothing is compiled again without need;
/// files that the contract no longer asks for are deleted.
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven fills the fields
public final class GenerateMojo extends AbstractMojo {
  private static final String SUFFIX = ".openapi.yaml";

  /// The contract: a file called `<name>.openapi.yaml`.
  @Parameter(required = true)
  private File contract;

  /// The Java package of the generated code; it must hold no other code.
  @Parameter(required = true)
  private String packageName;

  /// `server` to serve the contract, `types` to call a service that does.
  @Parameter(defaultValue = "server")
  private String kind;

  /// Where the Java goes, in folders after its package.
  @Parameter(defaultValue = "${project.build.directory}/generated-sources/contract")
  private File outputDirectory;

  /// Where the contract to be packed goes.
  @Parameter(defaultValue = "${project.build.directory}/generated-resources/contract")
  private File resourceDirectory;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  /// Called by Maven.
  public GenerateMojo() {}

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    Kind wanted = kind();
    checkSettings();
    try {
      generate(wanted);
    } catch (InvalidContract invalid) {
      throw new MojoFailureException(invalid.getMessage(), invalid);
    } catch (IOException | UncheckedIOException failure) {
      throw new MojoExecutionException("cannot make code of " + contract + ": " + failure, failure);
    }
  }

  private void generate(Kind wanted) throws InvalidContract, IOException {
    String name = contract.getName().substring(0, contract.getName().length() - SUFFIX.length());
    Bundle bundle =
        Bundle.of(shown(contract.toPath()), Files.readString(contract.toPath()), this::beside);
    Contract read = ContractReader.read(name, bundle, wanted);
    Path folder = outputDirectory.toPath().resolve(packageName.replace('.', '/'));
    OutputFolder output = new OutputFolder(folder);
    ContractWriter.write(read, wanted, packageName)
        .forEach(file -> output.put(file.name(), file.text()));
    output.write();
    project.addCompileSourceRoot(outputDirectory.getPath());
    if (wanted == Kind.SERVER) {
      pack(name, bundle.text(), ContractPage.write(read, bundle.root().orElseThrow()));
    }
    getLog()
        .info(
            "%s: %d files, %d operations"
                .formatted(shown(contract.toPath()), output.size(), read.operations().size()));
  }

  /// Another file of the contract.
  private Optional<String> beside(Path path) {
    Path file = contract.toPath().resolveSibling(path);
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }

  /// Adds the contract and its page to the resources of the project.
  private void pack(String name, String text, String page) throws IOException {
    Path folder = resourceDirectory.toPath().resolve("META-INF/manyfactor");
    OutputFolder output = new OutputFolder(folder);
    output.put(name + SUFFIX, text);
    output.put(name + ".html", page);
    output.write();
    Resource resource = new Resource();
    resource.setDirectory(resourceDirectory.getPath());
    project.addResource(resource);
  }

  private Kind kind() throws MojoFailureException {
    return switch (kind) {
      case "server" -> Kind.SERVER;
      case "types" -> Kind.TYPES;
      default -> throw new MojoFailureException("<kind> must be server or types, but is " + kind);
    };
  }

  private void checkSettings() throws MojoFailureException {
    if (!contract.getName().toLowerCase(Locale.ROOT).endsWith(SUFFIX)) {
      throw new MojoFailureException(
          "<contract> must be a file called <name>%s, but is %s".formatted(SUFFIX, contract));
    }
    if (!contract.isFile()) {
      throw new MojoFailureException(
          "<contract> does not exist: %s; write the contract there, or correct the path"
              .formatted(contract));
    }
    if (!SourceVersion.isName(packageName)) {
      throw new MojoFailureException(
          "<packageName> must be a Java package, but is '%s'".formatted(packageName));
    }
  }

  /// The file as seen from where the project lies, so that a terminal can make a link of it.
  private String shown(Path file) {
    Path base = project.getBasedir().toPath();
    return file.startsWith(base) ? base.relativize(file).toString() : file.toString();
  }
}
