package dev.manyfactor.formation.draft;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `requirements.txt`, `pyproject.toml`, `manage.py`, `app.py`: what starts a service in Python.
final class PythonClue implements Clue {
  private static final Pattern VERSION =
      Pattern.compile("requires-python\\s*=\\s*[\"'][^0-9]*([0-9]+(\\.[0-9]+)*)");
  private static final Pattern APPLICATION =
      Pattern.compile("(?m)^(\\w+)\\s*(?::[^=\\n]+)?=\\s*(FastAPI|Starlette|Flask|Quart)\\(");
  private static final String DEFAULT_VERSION = "3.13";

  @Override
  public void look(Folder folder, Draft draft) {
    Optional<String> file =
        folder.first("pyproject.toml", "requirements.txt", "Pipfile", "setup.py", "manage.py");
    if (file.isEmpty()) {
      return;
    }
    runtime(folder, draft, file.get());
    if (folder.has("manage.py")) {
      draft.task("migrate", "python3 manage.py migrate", "manage.py");
      draft.release("migrate");
    }
    if (!draft.hasProcesses()) {
      process(folder, draft);
    }
  }

  private static void runtime(Folder folder, Draft draft, String file) {
    Matcher asked = VERSION.matcher(folder.text("pyproject.toml"));
    if (asked.find()) {
      draft.runtime("python", asked.group(1), "pyproject.toml");
    } else if (folder.text(".python-version").strip().matches("[0-9]+(\\.[0-9]+)*")) {
      draft.runtime("python", folder.text(".python-version").strip(), ".python-version");
    } else {
      draft.runtime("python", DEFAULT_VERSION, file);
      draft.ask("runtime: which version of Python it runs on");
    }
  }

  private static void process(Folder folder, Draft draft) {
    Optional<String> django = folder.files(name -> name.endsWith("/wsgi.py")).stream().findFirst();
    Optional<String> main =
        folder.first("main.py", "app.py", "server.py", "wsgi.py", "src/main.py", "app/main.py");
    if (folder.has("manage.py") && django.isPresent()) {
      draft.process(
          "web",
          "gunicorn %s --bind $HOST:$PORT".formatted(module(django.get())),
          true,
          "manage.py");
    } else if (main.isPresent()) {
      draft.process("web", command(main.get(), folder.text(main.get())), true, main.get());
    }
  }

  private static String command(String file, String text) {
    Matcher application = APPLICATION.matcher(text);
    if (!application.find()) {
      return "python3 " + file;
    }
    String name = module(file) + ":" + application.group(1);
    return switch (application.group(2)) {
      case "Flask" -> "gunicorn %s --bind $HOST:$PORT".formatted(name);
      default -> "uvicorn %s --host $HOST --port $PORT".formatted(name);
    };
  }

  private static String module(String file) {
    return file.replaceFirst("\\.py$", "").replace('/', '.');
  }
}
