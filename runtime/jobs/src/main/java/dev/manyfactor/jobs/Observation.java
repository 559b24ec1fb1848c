package dev.manyfactor.jobs;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// One attempt as logs, traces and figures see it. For the thread that runs it.
final class Observation {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final StoredJob job;
  private final Span span;
  private String outcome = "unknown";

  Observation(StoredJob job, Span span) {
    this.job = job;
    this.span = span;
  }

  String outcome() {
    return outcome;
  }

  void done() {
    outcome = "done";
    about(LOG.atInfo()).log("job done");
  }

  /// A step is done.
  void ahead() {
    outcome = "step";
    about(LOG.atDebug()).log("job is a step further");
  }

  void failed(Verdict verdict, Throwable failure) {
    span.setStatus(StatusCode.ERROR, Verdict.describe(failure));
    switch (verdict) {
      case Verdict.Again(var at) -> {
        outcome = "retry";
        about(LOG.atWarn())
            .addKeyValue("again_at", at)
            .setCause(failure)
            .log("job failed and will run again");
      }
      case Verdict.Dead(String reason) -> dead(reason, failure);
    }
  }

  private void dead(String reason, Throwable failure) {
    outcome = "dead";
    about(LOG.atError()).addKeyValue("reason", reason).setCause(failure).log("job is dead");
  }

  void dead(String reason) {
    outcome = "dead";
    span.setStatus(StatusCode.ERROR, reason);
    about(LOG.atError()).addKeyValue("reason", reason).log("job is dead");
  }

  void stopped() {
    outcome = "stopped";
    about(LOG.atInfo()).log("job given back because its worker stops");
  }

  void cancelled() {
    outcome = "cancelled";
    about(LOG.atInfo()).log("job was cancelled by an operator and is a dead letter");
  }

  /// The job is due again, and whoever claims it makes it a dead letter.
  void interrupted() {
    outcome = "cancelled";
    about(LOG.atInfo()).log("job was interrupted, because an operator has cancelled it");
  }

  void lost() {
    outcome = "lost";
    about(LOG.atWarn()).log("job's lease was lost, so nothing of this attempt is stored");
  }

  /// It is not known what became of it, or it could not be written down.
  void unknown(Throwable failure) {
    span.setStatus(StatusCode.ERROR, Verdict.describe(failure));
    about(LOG.atError()).setCause(failure).log("job's attempt could not be completed or recorded");
  }

  private LoggingEventBuilder about(LoggingEventBuilder line) {
    return line.addKeyValue("job_id", job.id()).addKeyValue("attempt", job.attempt());
  }
}
