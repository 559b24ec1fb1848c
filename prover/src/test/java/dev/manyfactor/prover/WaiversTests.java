package dev.manyfactor.prover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaiversTests {
  @TempDir Path folder;

  @Test
  void aWaiverOfNoRequirementIsAWrongManifest() throws IOException {
    Manifest manifest = waiving("99-9", "2027-01-31");
    assertThatThrownBy(() -> Waivers.requireKnown(manifest))
        .isInstanceOfSatisfying(
            FormationException.class, wrong -> assertThat(wrong.exitCode()).isEqualTo(78))
        .hasMessageContaining("there is no requirement \"99-9\"");
    Waivers.requireKnown(waiving("09-2", "2027-01-31"));
  }

  @Test
  void aWaiverIsOverOnTheDayAfterItsLast() throws IOException {
    Manifest manifest = waiving("09-2", "2027-01-31");
    assertThat(Waivers.expired(manifest, LocalDate.of(2027, 1, 31))).isEmpty();
    assertThat(Waivers.expired(manifest, LocalDate.of(2027, 2, 1)))
        .containsExactly("The waiver of 09-2 (owner: shop) ended on 2027-01-31 and waives nothing");
  }

  private Manifest waiving(String requirement, String until) throws IOException {
    Files.writeString(
        folder.resolve(Manifest.FILE),
        """
        name: tiny
        runtime: python 3
        processes:
          web:
            command: python3 service.py
        waivers:
          - {requirement: "%s", reason: it is old, owner: shop, until: "%s"}
        """
            .formatted(requirement, until));
    return Manifest.read(folder);
  }
}
