package dev.manyfactor.fuzz;

import dev.manyfactor.fuzz.judge.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a service is once everything has been sent: it still answers, nothing is left over from the
/// requests, and its log tells no failure and no secret.
final class Aftermath {
  private static final int SLACK = 40;
  private static final int POLL_MILLIS = 50;
  private static final Pattern ACTIVE =
      Pattern.compile("(?m)^http_server_active_requests\\S* ([0-9.]+)");

  private final ServiceProcess service;
  private final Duration patience;
  private final int threadsBefore;
  private final int descriptorsBefore;

  private Aftermath(ServiceProcess service, Duration patience) {
    this.service = service;
    this.patience = patience;
    this.threadsBefore = service.threads();
    this.descriptorsBefore = service.descriptors();
  }

  /// Looks at a service before anything is sent.
  ///
  /// @param patience how long it may take to come to rest afterwards
  static Aftermath before(ServiceProcess service, Duration patience) {
    return new Aftermath(service, patience);
  }

  /// What is wrong now, once there was time to come to rest.
  ///
  /// @param secrets what no line of the log may hold
  List<Fault> faults(List<String> secrets) throws InterruptedException {
    var faults = new ArrayList<Fault>();
    Optional<Fault> unrest = unrest();
    for (long waited = 0;
        unrest.isPresent() && waited < patience.toMillis();
        waited += POLL_MILLIS) {
      Thread.sleep(POLL_MILLIS);
      unrest = unrest();
    }
    unrest.ifPresent(faults::add);
    for (String line : service.lines()) {
      if (line.contains("\"level\":\"ERROR\"") || !line.startsWith("{")) {
        faults.add(new Fault("log", line));
      } else if (secrets.stream().anyMatch(line::contains)) {
        faults.add(new Fault("secret", "the log holds a secret"));
      }
    }
    return faults;
  }

  private Optional<Fault> unrest() {
    if (!service.management("/readyz").startsWith("HTTP/1.1 200")) {
      return Optional.of(new Fault("not-ready", "the service is not ready any more"));
    }
    String metrics = service.management("/metrics");
    Matcher active = ACTIVE.matcher(metrics);
    while (active.find()) {
      if (Double.parseDouble(active.group(1)) > 0) {
        return Optional.of(new Fault("active-requests", active.group()));
      }
    }
    return more("threads", threadsBefore, service.threads())
        .or(() -> more("descriptors", descriptorsBefore, service.descriptors()));
  }

  private static Optional<Fault> more(String what, int before, int now) {
    return now <= before + SLACK
        ? Optional.empty()
        : Optional.of(new Fault("left-over", "%d %s, %d before".formatted(now, what, before)));
  }
}
