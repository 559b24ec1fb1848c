package dev.manyfactor.service;

import dev.manyfactor.jobs.Failure;
import dev.manyfactor.jobs.JobDetails;
import dev.manyfactor.jobs.JobState;
import dev.manyfactor.jobs.JobSummary;
import dev.manyfactor.jobs.QueueSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Queues and jobs as a person reads them.
///
/// @param now what ages are counted from
/// @param colourful whether the reader sees colours
record JobsText(Instant now, boolean colourful) {
  private static final int LONGEST_REASON = 80;

  /// What stands before the name of a class.
  private static final Pattern PACKAGE = Pattern.compile("\\b(?:[a-z_]\\w*\\.)+(?=[A-Z])");

  /// One line for each queue.
  List<String> queues(List<QueueSummary> queues) {
    var table =
        new TextTable(style("1"), "QUEUE", "DUE", "OLDEST", "RUNNING", "LATER", "DEAD", "STATE");
    for (QueueSummary queue : queues) {
      table.add(
          List.of(
              plain(queue.kind()),
              plain(String.valueOf(queue.due())),
              plain(queue.oldestDue().map(this::age).orElse("-")),
              plain(String.valueOf(queue.running())),
              plain(String.valueOf(queue.later())),
              queue.dead() == 0 ? plain("0") : cell(String.valueOf(queue.dead()), "31"),
              queue
                  .pausedAt()
                  .map(at -> cell("paused for " + age(at), "33"))
                  .orElseGet(() -> plain("open"))));
    }
    return table.lines();
  }

  /// One line for each job.
  List<String> jobs(List<JobSummary> jobs) {
    var table =
        new TextTable(style("1"), "STATE", "AGE", "KIND", "TENANT", "FAILED", "ID", "REASON");
    for (JobSummary job : jobs) {
      table.add(
          List.of(
              cell(job.state().word(), colour(job.state())),
              plain(age(job.since())),
              plain(job.kind()),
              plain(job.tenant().id()),
              plain(String.valueOf(job.attempts())),
              plain(job.id().toString()),
              cell(job.reason().map(JobsText::oneLine).orElse(""), "2")));
    }
    return table.lines();
  }

  /// All that is stored of a job.
  List<String> job(JobDetails job) {
    JobSummary summary = job.summary();
    var lines = new ArrayList<String>();
    lines.add(field("id", summary.id().toString()));
    lines.add(field("kind", summary.kind()));
    lines.add(field("tenant", summary.tenant().id()));
    String state = cell(summary.state().word(), colour(summary.state())).shown();
    lines.add(field("state", state + ", " + when(summary)));
    summary.reason().ifPresent(reason -> lines.add(field("reason", reason)));
    lines.add(field("failed", summary.attempts() + " attempts"));
    lines.add(field("added", moment(summary.enqueuedAt()) + " by release " + job.release()));
    job.uniqueKey().ifPresent(key -> lines.add(field("unique key", key)));
    job.trace().ifPresent(trace -> lines.add(field("trace", trace)));
    lines.add(field("payload", job.payload()));
    if (!job.failures().isEmpty()) {
      lines.add("");
      lines.add(style("1").apply("its latest failures, oldest first"));
      job.failures().forEach(failure -> lines.add(failure(failure)));
    }
    return lines;
  }

  private static String failure(Failure failure) {
    Optional<String> release = Optional.of(failure.release()).filter(id -> !id.isEmpty());
    return "  attempt %d, %s%s: %s"
        .formatted(
            failure.attempt(),
            failure.at(),
            release.map(", release "::concat).orElse(""),
            failure.reason());
  }

  private String when(JobSummary job) {
    return switch (job.state()) {
      case DEAD -> "since " + moment(job.since());
      case RUNNING -> "since " + moment(job.since());
      case DUE -> "since " + moment(job.since());
      case LATER -> "due " + moment(job.since());
    };
  }

  private String moment(Instant at) {
    return at + " (" + age(at) + (at.isAfter(now) ? ")" : " ago)");
  }

  private static String field(String name, String value) {
    return "%-11s %s".formatted(name, value);
  }

  private String age(Instant since) {
    return Age.of(since, now);
  }

  /// The reason without the packages of classes, on one line of bounded length.
  static String oneLine(String reason) {
    String line = PACKAGE.matcher(reason).replaceAll("").replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON - 1) + "…";
  }

  private static String colour(JobState state) {
    return switch (state) {
      case DEAD -> "31";
      case RUNNING -> "32";
      case DUE -> "36";
      case LATER -> "2";
    };
  }

  private TextTable.Cell plain(String text) {
    return TextTable.Cell.plain(text);
  }

  private TextTable.Cell cell(String text, String code) {
    return new TextTable.Cell(text, style(code));
  }

  private UnaryOperator<String> style(String code) {
    return colourful
        ? text -> text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m"
        : UnaryOperator.identity();
  }
}
