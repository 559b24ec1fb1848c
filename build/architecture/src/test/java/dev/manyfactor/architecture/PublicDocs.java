package dev.manyfactor.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Finds public types and methods without a documentation comment.
///
/// javac's own lint cannot say this alone: it also wants a tag for each parameter. What overrides
/// has the comment of what it overrides; a record's compact constructor has that of the record.
final class PublicDocs {
  private final DocTrees trees;
  private final List<String> undocumented = new ArrayList<>();

  private PublicDocs(DocTrees trees) {
    this.trees = trees;
  }

  /// The undocumented public types and methods of some sources, as `File.java:line Type.method`.
  static List<String> undocumented(List<JavaFileObject> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, sources);
    var docs = new PublicDocs(DocTrees.instance(task));
    try {
      task.parse().forEach(docs::read);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return docs.undocumented;
  }

  /// Sources on disk.
  static List<JavaFileObject> files(List<Path> paths) {
    var files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
    List<JavaFileObject> found = new ArrayList<>();
    files.getJavaFileObjectsFromPaths(paths).forEach(found::add);
    return found;
  }

  /// A source that a test makes up.
  static JavaFileObject file(String name, String text) {
    return new SimpleJavaFileObject(URI.create("memory:///" + name), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  private void read(CompilationUnitTree unit) {
    for (Tree type : unit.getTypeDecls()) {
      if (type instanceof ClassTree top && isPublic(top.getModifiers())) {
        new PublicTypes(unit).scan(new TreePath(new TreePath(unit), top), null);
      }
    }
  }

  private static boolean isPublic(ModifiersTree modifiers) {
    return modifiers.getFlags().contains(Modifier.PUBLIC);
  }

  /// Walks down from a public type, through what is public in it.
  private final class PublicTypes extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;

    PublicTypes(CompilationUnitTree unit) {
      this.unit = unit;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      if (isTop() || isPublic(type.getModifiers()) || isInInterface()) {
        check(type, type.getSimpleName().toString());
        super.visitClass(type, null);
      }
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      if ((isPublic(method.getModifiers()) || isInInterface())
          && !isPrivate(method)
          && !isCovered(method)) {
        check(method, parent().getSimpleName() + "." + method.getName());
      }
      return null; // what stands inside a method is nobody else's
    }

    private void check(Tree tree, String name) {
      if (trees.getDocComment(getCurrentPath()) == null) {
        long line =
            unit.getLineMap()
                .getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
        String path = unit.getSourceFile().getName();
        undocumented.add(path.substring(path.lastIndexOf('/') + 1) + ":" + line + " " + name);
      }
    }

    private boolean isTop() {
      return getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree;
    }

    private boolean isInInterface() {
      return getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE;
    }

    private ClassTree parent() {
      return (ClassTree) getCurrentPath().getParentPath().getLeaf();
    }

    private boolean isPrivate(MethodTree method) {
      return method.getModifiers().getFlags().contains(Modifier.PRIVATE);
    }

    private boolean isCovered(MethodTree method) {
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
      boolean ofRecord = method.getReturnType() == null && parent().getKind() == Tree.Kind.RECORD;
      return overrides || ofRecord || method.getName().contentEquals("main");
    }
  }
}
