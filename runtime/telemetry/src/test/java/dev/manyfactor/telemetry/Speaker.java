package dev.manyfactor.telemetry;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.context.Release;
import dev.manyfactor.context.Tenant;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// The child process of the tests: says something in one of several situations.
final class Speaker {
  private static final Logger LOG = LoggerFactory.getLogger("speaker");
  private static final Release RELEASE = new Release("payments", "4f2c1aa", "dev");

  private Speaker() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "before" -> sayBeforeTheStart();
      case "everything" -> sayEverything(started(LogLevel.INFO));
      case "libraries" -> letLibrariesSpeak();
      case "trace" -> continueTrace(started(LogLevel.INFO), arguments[1]);
      case "exit" -> exit(started(LogLevel.INFO));
      case "crash" -> crash(started(LogLevel.INFO));
      case "wait" -> sayAndWait(started(LogLevel.INFO));
      case "unread" -> fillAnUnreadOutput(started(LogLevel.INFO));
      case "two" -> letTwoServicesSpeak();
      case "off" -> sayNothing(started(LogLevel.OFF));
      case "stderr" -> speakToStandardError();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static Telemetry started(LogLevel level) {
    return Telemetry.start(RELEASE, "web", new TelemetrySettings(level));
  }

  private static void sayBeforeTheStart() {
    java.util.logging.Logger.getLogger("some.library").warning("by java.util.logging");
    LOG.info("by slf4j");
    System.getLogger("other.library").log(System.Logger.Level.INFO, "by System.Logger");
  }

  private static void sayEverything(Telemetry telemetry) {
    LOG.info("two\nlines\r\nand a tab\t\u0000\u001b[31m\u2028\u007f\"\\");
    LOG.info("broken \ud800 and \udc00 but \ud83d\ude00");
    LOG.info("x".repeat(100_000));
    LOG.atWarn()
        .addKeyValue("count", 7)
        .addKeyValue("ratio", 0.5)
        .addKeyValue("nan", Double.NaN)
        .addKeyValue("big", 9_000_000_000L)
        .addKeyValue("flag", true)
        .addKeyValue("nothing", (Object) null)
        .addKeyValue("message", "not ours")
        .addKeyValue("operation", "of nobody's work")
        .addKeyValue("count", 8)
        .addKeyValue("failing", new Failing())
        .log("pairs");
    try (var _ = MDC.putCloseable("library", "value")) {
      LOG.info("with a diagnostic context");
    }
    var cause = new IllegalArgumentException("the\ncause");
    cause.addSuppressed(new IOException("suppressed"));
    LOG.error("failed", new IllegalStateException("outer", cause));
    try {
      recurse(0);
    } catch (StackOverflowError deep) {
      LOG.error("too deep", new IllegalStateException("x".repeat(200_000), deep));
    }
    Context.of("createPayment", Deadline.after(Duration.ofSeconds(1), InstantSource.system()))
        .withTenant(new Tenant("acme"))
        .run(() -> LOG.atInfo().addKeyValue("operation", "another").log("at work"));
    telemetry.close();
    LOG.info("after close");
  }

  private static int recurse(int depth) {
    return depth < 0 ? depth : recurse(depth + 1) + 1;
  }

  private static final class Failing {
    @Override
    public String toString() {
      throw new IllegalStateException("no text");
    }
  }

  private static void letLibrariesSpeak() {
    try (var telemetry = started(LogLevel.DEBUG)) {
      LOG.debug("ours");
      LOG.trace("too fine");
      LoggerFactory.getLogger("org.eclipse.jetty.http").debug("Authorization: canary");
      LoggerFactory.getLogger("org.eclipse.jetty.http.HttpParser").warn("Bad Authority: canary");
      LoggerFactory.getLogger("com.zaxxer.hikari.pool").debug("canary");
      java.util.logging.Logger.getLogger("org.postgresql.core").fine("canary");
      java.util.logging.Logger.getLogger("other.library").fine("theirs");
      System.getLogger("jdk.httpclient").log(System.Logger.Level.DEBUG, "canary");
      System.err.println(telemetry.prometheusText());
    }
  }

  private static void continueTrace(Telemetry telemetry, String traceparent) {
    var otel = telemetry.openTelemetry();
    var incoming =
        otel.getPropagators()
            .getTextMapPropagator()
            .extract(
                io.opentelemetry.context.Context.root(),
                Map.of("traceparent", traceparent),
                new FromMap());
    Span span = otel.getTracer("test").spanBuilder("GET").setParent(incoming).startSpan();
    try (Scope _ = span.makeCurrent()) {
      LOG.atInfo().addKeyValue("outgoing", outgoing(telemetry)).log("inside");
    } finally {
      span.end();
    }
    LOG.info("outside");
  }

  private static String outgoing(Telemetry telemetry) {
    var headers = new java.util.HashMap<String, String>();
    telemetry
        .openTelemetry()
        .getPropagators()
        .getTextMapPropagator()
        .inject(
            io.opentelemetry.context.Context.current(),
            headers,
            (carrier, name, value) -> headers.put(name, value));
    return headers.getOrDefault("traceparent", "");
  }

  private static void exit(Telemetry telemetry) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> sayMuch("in a hook", telemetry)));
    sayMuch("before the exit", telemetry);
    System.exit(3);
  }

  private static void crash(Telemetry telemetry) {
    sayMuch("before the crash", telemetry);
    throw new IllegalStateException("nobody catches this");
  }

  private static void sayMuch(String message, Telemetry telemetry) {
    for (int i = 0; i < 2_000; i++) {
      LOG.atInfo().addKeyValue("i", i).log(message);
    }
    telemetry.openTelemetry();
  }

  private static void sayAndWait(Telemetry telemetry) throws IOException {
    LOG.info("visible");
    int stop = System.in.read();
    LOG.atInfo().addKeyValue("stop", stop).log("{}", telemetry);
  }

  private static void fillAnUnreadOutput(Telemetry telemetry) throws IOException {
    for (int i = 0; i < 20_000; i++) {
      LOG.atInfo().addKeyValue("i", i).log("x".repeat(200));
    }
    System.err.println(telemetry.prometheusText());
    System.err.println("done");
    int stop = System.in.read();
    LOG.atInfo().addKeyValue("stop", stop).log("last");
  }

  private static void sayNothing(Telemetry telemetry) {
    LOG.error("silence");
    java.util.logging.Logger.getLogger("some.library").severe("silence");
    telemetry.close();
  }

  private static void letTwoServicesSpeak() {
    var payments = started(LogLevel.INFO);
    var cards = new Release("cards", "4f2c1aa", "dev");
    try (var second = Telemetry.start(cards, "web", new TelemetrySettings(LogLevel.INFO))) {
      LOG.atInfo().addKeyValue("metrics", second.prometheusText().length()).log("by cards");
    }
    LOG.info("by payments");
    payments.close();
    LOG.info("by payments, at its end");
  }

  private static void speakToStandardError() throws IOException {
    Telemetry.logTo(LogOutput.STDERR);
    LOG.info("before the start");
    try (var telemetry =
            Telemetry.start(
                RELEASE, "export", new TelemetrySettings(LogLevel.INFO), LogOutput.STDERR);
        var out = new FileOutputStream(FileDescriptor.out)) {
      LOG.atInfo().addKeyValue("telemetry", telemetry.getClass().getSimpleName()).log("on stderr");
      out.write("a;b\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static final class FromMap implements TextMapGetter<Map<String, String>> {
    @Override
    public Iterable<String> keys(Map<String, String> carrier) {
      return carrier.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
      return carrier == null ? null : carrier.get(key);
    }
  }
}
