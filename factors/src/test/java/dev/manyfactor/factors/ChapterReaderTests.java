package dev.manyfactor.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChapterReaderTests {
  private static final String GOOD =
      """
      title = disposability
      description = Processes start \\
          quickly, with éclat, and stop.

      09-1.level = MUST
      09-1.sentence = It is ready.
      09-1.observation = It is asked.
      09-1.evidence = The time.
      09-1.guard = None.
      09-1.remedy = Do less.

      09-2.level = SHOULD
      09-2.sentence = It stops.
      09-2.observation = It is told to.
      09-2.evidence = The exit.
      09-2.guard = None.
      09-2.remedy = Listen.
      """;

  @Test
  void aFileBecomesAChapter() {
    Chapter chapter = read(GOOD);
    assertThat(chapter.title()).isEqualTo("disposability");
    assertThat(chapter.description()).isEqualTo("Processes start quickly, with éclat, and stop.");
    assertThat(chapter.requirements())
        .containsExactly(
            new Requirement(
                "09-1",
                Factor.DISPOSABILITY,
                Level.MUST,
                "It is ready.",
                "It is asked.",
                "The time.",
                "None.",
                "Do less."),
            new Requirement(
                "09-2",
                Factor.DISPOSABILITY,
                Level.SHOULD,
                "It stops.",
                "It is told to.",
                "The exit.",
                "None.",
                "Listen."));
  }

  @Test
  void aMissingKeyIsNamed() {
    assertRefused(GOOD.replace("09-2.remedy = Listen.\n", ""), "09-2.remedy is missing; add it");
    assertRefused(GOOD.replace("title = disposability\n", ""), "title is missing; add it");
    assertRefused(GOOD.replace("09-1.level = MUST\n", ""), "09-1.level is missing; add it");
  }

  @Test
  void anUnknownKeyIsNamed() {
    String keys =
        " is not a key of such a file; a key is title, description, or an id with .level, .sentence,"
            + " .observation, .evidence, .guard or .remedy";
    assertRefused(GOOD + "09-2.remidy = Listen.\n", "09-2.remidy" + keys);
    assertRefused(GOOD + "colour = blue\n", "colour" + keys);
    assertRefused(GOOD + "level = MUST\n", "level" + keys);
  }

  @Test
  void aLostContinuationOfALineIsAnUnknownKey() {
    assertThatThrownBy(() -> read(GOOD.replace("start \\\n", "start\n")))
        .hasMessageContaining("quickly, is not a key");
  }

  @Test
  void aBlankTextIsNamed() {
    assertRefused(GOOD.replace("= Listen.", "="), "09-2.remedy is blank; give it a text");
  }

  @Test
  void aKeyThatIsThereTwiceIsNamed() {
    assertRefused(GOOD + "09-1.guard = Another.\n", "09-1.guard is there twice; keep one");
  }

  @Test
  void anIdOutOfOrderIsNamed() {
    String due = "%s stands where %s is due; ids of a factor count up from 1 without gaps";
    assertRefused(GOOD.replace("09-2", "09-3"), due.formatted("09-3", "09-2"));
    assertRefused(GOOD.replace("09-2", "08-2"), due.formatted("08-2", "09-2"));
    assertRefused(GOOD.replace("09-2", "9-2"), due.formatted("9-2", "09-2"));
    assertRefused(
        GOOD.replace("09-1", "x").replace("09-2", "09-1").replace("x", "09-2"),
        due.formatted("09-2", "09-1") + "; and " + due.formatted("09-1", "09-2"));
  }

  @Test
  void aLevelIsMustOrShould() {
    assertRefused(
        GOOD.replace("= SHOULD", "= should"), "09-2.level is should; it must be MUST or SHOULD");
  }

  @Test
  void aFactorWithoutRequirementsIsRefused() {
    assertRefused(GOOD.substring(0, GOOD.indexOf("09-1")), "there is no requirement; add 09-1");
  }

  @Test
  void allProblemsAreNamedAtOnce() {
    assertRefused(
        GOOD.replace("= Listen.", "=").replace("09-1.guard = None.\n", ""),
        "09-2.remedy is blank; give it a text; and 09-1.guard is missing; add it");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    assertThatThrownBy(
            () -> Entries.of("planted.properties", GOOD.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("planted.properties is not UTF-8; save it as UTF-8");
  }

  @Test
  void aBrokenEscapeIsRefused() {
    assertThatThrownBy(() -> read(GOOD + "# fine \\u00\nx = \\u00zz\n"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("planted.properties is malformed: ");
  }

  private static void assertRefused(String file, String problems) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("planted.properties: " + problems);
  }

  private static Chapter read(String file) {
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    return new ChapterReader(Factor.DISPOSABILITY, Entries.of("planted.properties", bytes)).read();
  }
}
