package dev.manyfactor.contract.official;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/// Something of somebody else's that no build brings: a path in a checkout.
///
/// @param what `suite`, `documents` or `contract`
/// @param checkout where the repository is
/// @param path in the repository
record Outside(String what, String repository, String commit, Path checkout, String path) {
  /// All of one kind in outside.txt.
  ///
  /// @param checkouts has a folder for each repository, `owner/name`
  static List<Outside> all(String what, Path checkouts) throws IOException {
    try (var list = Outside.class.getResourceAsStream("outside.txt")) {
      return new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" "))
          .filter(words -> words[0].equals(what))
          .map(words ->
              new Outside(words[0], words[1], words[2], checkouts.resolve(words[1]), words[3]))
          .toList();
    }
  }

  /// Where it is here.
  Path file() {
    return checkout.resolve(path);
  }

  /// How a reader finds it again.
  String name() {
    return repository + "/" + path;
  }

  /// The SHA-256 of some files, one after another.
  static String sha256(List<Path> files) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
