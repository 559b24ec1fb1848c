package dev.manyfactor.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// A mounted file that holds one secret, as `NAME_FILE` names it.
///
/// It is a regular file (so that reading it cannot wait) of at most 64 KiB of UTF-8. One line end
/// at its end is dropped, because editors and `echo` add one.
final class SecretFile {
  private static final int LARGEST = 64 * 1024;

  private SecretFile() {}

  /// The secret, or what is wrong with the file, said without its content.
  sealed interface Content {
    record Text(String text) implements Content {}

    /// The file gives no secret.
    ///
    /// @param why completes "NAME_FILE names …"
    record Unusable(String why) implements Content {}
  }

  static Content read(String name) {
    Path file;
    try {
      file = Path.of(name);
    } catch (InvalidPathException malformed) {
      return new Content.Unusable("no file: its value is not a path");
    }
    if (!file.isAbsolute()) {
      // not shown: it may be the secret itself, given to the wrong variable
      return new Content.Unusable("no absolute path");
    }
    if (!Files.exists(file)) {
      return new Content.Unusable("a file that does not exist" + place(file));
    }
    if (!Files.isRegularFile(file)) {
      return new Content.Unusable(Shown.text(name) + ", which is not a regular file");
    }
    return readRegular(file);
  }

  /// The path, once its folder shows that it is one and no secret.
  private static String place(Path file) {
    Path folder = file.getParent();
    boolean isPath = folder != null && folder.getNameCount() > 0 && Files.isDirectory(folder);
    return isPath ? ": " + Shown.text(file.toString()) : "";
  }

  private static Content readRegular(Path file) {
    String shown = Shown.text(file.toString());
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        return new Content.Unusable(shown + ", which is larger than " + LARGEST + " bytes");
      }
      String text = withoutLineEnd(decoded(bytes));
      return text.isEmpty()
          ? new Content.Unusable(shown + ", which is empty")
          : new Content.Text(text);
    } catch (CharacterCodingException binary) {
      return new Content.Unusable(shown + ", which is not UTF-8 text");
    } catch (AccessDeniedException denied) {
      return new Content.Unusable(shown + ", which this process may not read");
    } catch (IOException failure) {
      return new Content.Unusable(
          shown + ", which cannot be read (" + failure.getClass().getSimpleName() + ")");
    }
  }

  private static String decoded(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static String withoutLineEnd(String text) {
    if (!text.endsWith("\n")) {
      return text;
    }
    int end = text.length() - (text.endsWith("\r\n") ? 2 : 1);
    return text.substring(0, end);
  }
}
