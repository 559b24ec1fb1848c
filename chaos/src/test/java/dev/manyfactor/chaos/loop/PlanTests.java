package dev.manyfactor.chaos.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTests {
  private static final Targets TARGETS =
      new Targets(
          List.of("payments.web.1", "payments.web.2", "payments.worker", "cards.web"),
          List.of("payments → database", "payments → cards"),
          List.of("PostgreSQL 18"));

  @Test
  void theSameSeedGivesTheSamePlanWhateverTheOrderOfTheTargets() {
    Targets turned =
        new Targets(TARGETS.processes().reversed(), TARGETS.links().reversed(), TARGETS.servers());
    assertThat(plan(7, turned, 300)).isEqualTo(plan(7, TARGETS, 300));
  }

  @Test
  void aLongerPlanBeginsLikeAShorterOne() {
    Plan shorter = plan(7, TARGETS, 60);
    assertThat(plan(7, TARGETS, 600).processes()).startsWith(array(shorter.processes()));
  }

  @Test
  void anotherSeedGivesAnotherPlan() {
    assertThat(plan(8, TARGETS, 300)).isNotEqualTo(plan(7, TARGETS, 300));
  }

  @Test
  void everyKindComesToEveryTargetBeforeOneComesAgain() {
    Plan plan = plan(3, TARGETS, 300);
    assertThat(names(plan.processes().stream().limit(8)))
        .containsExactlyInAnyOrder(
            "KILL cards.web",
            "FREEZE cards.web",
            "KILL payments.web.1",
            "FREEZE payments.web.1",
            "KILL payments.web.2",
            "FREEZE payments.web.2",
            "KILL payments.worker",
            "FREEZE payments.worker");
    assertThat(names(plan.surroundings().stream().limit(6)))
        .containsExactlyInAnyOrder(
            "CUT payments → database",
            "HANG payments → database",
            "CUT payments → cards",
            "HANG payments → cards",
            "CRASH PostgreSQL 18",
            "CRASH PostgreSQL 18");
  }

  @Test
  void someFreezesOutliveALeaseAndEachLaneIsAsLongAsAsked() {
    Plan plan = plan(5, TARGETS, 1_800);
    assertThat(plan.processes())
        .anyMatch(fault ->
            fault.kind() == FaultKind.FREEZE
                && fault.lasts().compareTo(Duration.ofSeconds(10)) > 0);
    for (List<Fault> lane : List.of(plan.processes(), plan.surroundings())) {
      Duration length =
          lane.stream()
              .map(fault -> fault.pause().plus(fault.lasts()))
              .reduce(Duration.ZERO, Duration::plus);
      assertThat(length).isGreaterThanOrEqualTo(Duration.ofMinutes(30));
    }
  }

  @Test
  void whereThereIsNothingToBreakThereIsNoFault() {
    Plan plan = plan(1, new Targets(List.of("web"), List.of(), List.of()), 60);
    assertThat(plan.surroundings()).isEmpty();
    assertThat(plan.processes()).isNotEmpty();
  }

  private static Plan plan(long seed, Targets targets, int seconds) {
    return Plan.of(seed, targets, Duration.ofSeconds(seconds), Plan.Pace.USUAL);
  }

  private static List<String> names(Stream<Fault> faults) {
    return faults.map(fault -> fault.kind() + " " + fault.target()).collect(Collectors.toList());
  }

  private static Fault[] array(List<Fault> faults) {
    return faults.toArray(Fault[]::new);
  }
}
