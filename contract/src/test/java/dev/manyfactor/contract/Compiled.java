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
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Generated code, compiled as strictly as our own and loaded.
final class Compiled {
  private static final String PACKAGE = "generated.fixture";

  private final ClassLoader classes;

  private Compiled(ClassLoader classes) {
    this.classes = classes;
  }

  /// Compiles what is made of `name.openapi.yaml`; every warning is an error.
  ///
  /// @param handlers files beside this class that use it, in the same package
  static Compiled of(String name, Kind kind, Path folder, String... handlers) throws IOException {
    List<Source> sources =
        Stream.concat(
                Fixture.sources(name, kind, PACKAGE).stream(),
                Stream.of(handlers).map(file -> new SourceFile(file, Fixture.text(file))))
            .map(Source::new)
            .toList();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options = List.of("-Xlint:all", "-Werror", "-proc:none", "-d", folder.toString());
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      if (!compiler.getTask(messages, files, null, options, null, sources).call()) {
        throw new AssertionError("generated code does not compile:\n" + messages);
      }
    }
    URL[] path = {folder.toUri().toURL()};
    return new Compiled(new URLClassLoader(path, Compiled.class.getClassLoader()));
  }

  Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(PACKAGE + "." + name, true, classes);
  }

  /// The codec of a record or enum.
  @SuppressWarnings("unchecked") // the tests treat generated values as objects
  Codec<Object> codec(String type) throws ReflectiveOperationException {
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
