package dev.manyfactor.migrations;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the files of a set and checks them against each other, all problems at once.
final class MigrationFiles {
  private static final Pattern NAME =
      Pattern.compile("(\\d{4})\\.(expand|backfill|contract)\\.([a-z][a-z0-9_]*)\\.sql");

  private MigrationFiles() {}

  /// The files of all sets, in the order in which they run.
  ///
  /// @throws MigrationException with every problem of every file
  static List<MigrationFile> of(List<MigrationSet> sets) {
    var files = new ArrayList<MigrationFile>();
    var problems = new ArrayList<String>();
    for (MigrationSet set : sets) {
      List<MigrationFile> readable = read(set, problems);
      checkNumbers(set, readable, problems);
      readable.forEach(file -> problems.addAll(file.problems()));
      files.addAll(readable);
    }
    if (!problems.isEmpty()) {
      throw new MigrationException(problems);
    }
    return List.copyOf(files);
  }

  private static List<MigrationFile> read(MigrationSet set, List<String> problems) {
    var files = new ArrayList<MigrationFile>();
    for (ClassPathFolder.Found found : ClassPathFolder.files(set.folder(), set.loader())) {
      Matcher name = NAME.matcher(found.name());
      if (!name.matches()) {
        problems.add(
            set.name()
                + ' '
                + found.name()
                + " is not named NNNN.<expand|backfill|contract>.<name>.sql, for example"
                + " 0003.expand.add_refunds.sql; rename it, or move it out of "
                + found.place());
        continue;
      }
      try {
        files.add(file(set, found, name));
      } catch (CharacterCodingException notText) {
        problems.add(set.name() + ' ' + found.name() + " is not UTF-8; save it as UTF-8");
      }
    }
    return files;
  }

  private static MigrationFile file(MigrationSet set, ClassPathFolder.Found found, Matcher name)
      throws CharacterCodingException {
    String text =
        StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(found.content()))
            .toString()
            .replace("\r\n", "\n");
    Phase phase = Phase.ofLabel(name.group(2));
    return new MigrationFile(
        set.name(), Integer.parseInt(name.group(1)), phase, found.name(), checksum(text), text);
  }

  private static void checkNumbers(
      MigrationSet set, List<MigrationFile> files, List<String> problems) {
    int expected = 1;
    String previous = "";
    for (MigrationFile file : files) {
      if (file.number() == expected - 1 && !previous.isEmpty()) {
        problems.add(
            file.title() + " has the same number as " + previous + "; give one the next number");
      } else if (file.number() != expected) {
        problems.add(
            "%s should have the number %04d; numbers start at 0001 and leave none out"
                .formatted(file.title(), expected));
        expected = file.number() + 1;
      } else {
        expected++;
      }
      previous = file.name();
    }
    if (files.isEmpty() && !set.isOfService()) {
      problems.add("the set " + set.name() + " has no files in " + set.folder());
    }
  }

  private static String checksum(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
