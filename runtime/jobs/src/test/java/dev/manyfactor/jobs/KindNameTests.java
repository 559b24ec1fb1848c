package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KindNameTests {

  record Requested() {}

  record SendHTMLReceipt() {}

  @Kind("capture.asked-for")
  record Renamed() {}

  @Kind("Capture")
  record Wrong() {}

  @Test
  void aNestedRecordIsNamedAfterItsOuterClassAndItself() {
    assertThat(KindName.of(Requested.class)).isEqualTo("kind-name-tests.requested");
  }

  @Test
  void wordsAreJoinedByHyphens() {
    assertThat(KindName.of(SendHTMLReceipt.class)).isEqualTo("kind-name-tests.send-html-receipt");
  }

  @Test
  void aStatedKindWins() {
    assertThat(KindName.of(Renamed.class)).isEqualTo("capture.asked-for");
  }

  @Test
  void aKindWithOtherCharactersIsRefusedWithTheRemedy() {
    assertThatThrownBy(() -> KindName.of(Wrong.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"Capture\"")
        .hasMessageContaining("@Kind");
  }
}
