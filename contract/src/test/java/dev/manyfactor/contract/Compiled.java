package dev.manyfactor.contract;

import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.writer.SourceFile;
import dev.manyfactor.json.Codec;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Generated code, compiled as strictly as our own and loaded.
public final class Compiled {
  /// The package that the code must be made for.
  public static final String PACKAGE = "generated.fixture";

  private final ClassLoader classes;

  private Compiled(ClassLoader classes) {
    this.classes = classes;
  }

  /// Compiles what is made of `name.openapi.yaml`; every warning is an error.
  ///
  /// @param handlers files beside this class that use it, in the same package
  static Compiled of(String name, Kind kind, Path folder, String... handlers) throws IOException {
    List<SourceFile> files = new ArrayList<>(Fixture.sources(name, kind, PACKAGE));
    for (String handler : handlers) {
      files.add(new SourceFile(handler, Fixture.text(handler)));
    }
    return of(files, folder);
  }

  /// Compiles generated code; every warning is an error.
  public static Compiled of(List<SourceFile> files, Path folder) throws IOException {
    List<Source> sources = files.stream().map(Source::new).toList();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options = List.of("-Xlint:all", "-Werror", "-proc:none", "-d", folder.toString());
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      if (!compiler.getTask(messages, manager, null, options, null, sources).call()) {
        throw new AssertionError("generated code does not compile:\n" + messages);
      }
    }
    URL[] path = {folder.toUri().toURL()};
    return new Compiled(new URLClassLoader(path, Compiled.class.getClassLoader()));
  }

  public Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(PACKAGE + "." + name, true, classes);
  }

  /// The codec of a record or enum.
  @SuppressWarnings("unchecked") // the tests treat generated values as objects
  public Codec<Object> codec(String type) throws ReflectiveOperationException {
    return (Codec<Object>) type(type).getField("CODEC").get(null);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(SourceFile file) {
      super(URI.create("memory:///" + file.name()), JavaFileObject.Kind.SOURCE);
      this.text = file.text();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
