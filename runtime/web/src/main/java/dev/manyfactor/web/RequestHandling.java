package dev.manyfactor.web;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import io.opentelemetry.context.Scope;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Handler.Abstract;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/// Answers every request: the steps, in the order they run.
///
/// Each request has a virtual thread, so every step may wait. A step has its result, or it ends the
/// request with a [Refused]. Safe on many threads.
final class RequestHandling extends Abstract {
  private static final String OPTIONS = "OPTIONS";
  private static final Set<String> READS = Set.of("GET", "HEAD");

  private final Router router;
  private final Pages pages;
  private final Semaphore admission;
  private final Authentication authentication;
  private final Optional<RateLimit> rate;
  private final Transactions transactions;
  private final RequestTelemetry telemetry;
  private final InstantSource clock;
  private final InFlight inFlight;
  private final Sender sender;
  private volatile boolean serving;

  RequestHandling(WebParts parts, Pages pages, WebSettings settings, InFlight inFlight) {
    WebLimits limits = settings.web();
    this.inFlight = inFlight;
    this.sender = new Sender(inFlight);
    this.router = new Router(parts.routes().operations());
    this.pages = pages;
    this.admission = new Semaphore(limits.concurrency());
    this.authentication = new Authentication(parts.backing().authenticator());
    this.rate = RateLimit.of(limits.rate(), parts.instruments().time().nanoTime());
    this.transactions =
        new Transactions(
            parts.backing(),
            settings.responseCheck() ? Optional.of(new ResponseCheck()) : Optional.empty());
    this.telemetry = new RequestTelemetry(parts.instruments());
    this.clock = parts.instruments().time().clock();
  }

  /// Begins to answer requests to operations, which are refused until then.
  void serve() {
    serving = true;
  }

  /// Asks every client, with its next response, not to use its connection again.
  void drain() {
    sender.closeConnections();
  }

  /// The requests that are being answered.
  InFlight inFlight() {
    return inFlight;
  }

  /// Answers what never becomes a request, under the same names.
  RejectionHandling rejections() {
    return new RejectionHandling(telemetry);
  }

  @Override
  public boolean handle(
      Request request, org.eclipse.jetty.server.Response response, Callback callback) {
    Sender.Sending sending = sender.begin(request, response, callback);
    try {
      String path = pathOf(request);
      Match match = router.match(request.getMethod(), path);
      Optional<Page> page = match instanceof Match.NoSuchPath ? pages.find(path) : Optional.empty();
      if (page.isPresent() && page.get().isProbe()) {
        sending.send(unobserved(page, request));
      } else {
        observe(new Target(request, match, page), sending);
      }
    } catch (RuntimeException failure) {
      sending.failed(failure);
    }
    return true;
  }

  private static Response unobserved(Optional<Page> page, Request request) {
    try {
      return answer(page, request);
    } catch (Refused refused) {
      return refused.response();
    }
  }

  /// What a request is for.
  private record Target(Request request, Match match, Optional<Page> page) {
    Labels labels() {
      return match instanceof Match.Found found
          ? found.route().labels()
          : page.map(Page::labels).orElseGet(() -> Labels.unrouted(request.getMethod()));
    }

    Delivery.Ask ask() {
      boolean isRead = READS.contains(request.getMethod());
      boolean isPersonal =
          match instanceof Match.Found found
              && found.route().operation().access() instanceof Access.Scopes;
      return new Delivery.Ask(isRead, isPersonal, request.getHeaders());
    }
  }

  private void observe(Target target, Sender.Sending sending) {
    Observation observation = telemetry.begin(target.request().getHeaders(), target.labels());
    try (Scope _ = observation.traced().makeCurrent()) {
      sending.streaming().carriedBy(answer -> Delivery.of(target.ask(), answer));
      Response answer = Delivery.of(target.ask(), answer(target, observation, sending.streaming()));
      sending.send(answer);
      observation.end(answer.status());
    }
  }

  private Response answer(Target target, Observation observation, Streaming streaming) {
    try {
      return switch (target.match()) {
        case Match.Found(var route, var values) ->
            admitted(new Incoming(route, values, target.request()), observation, streaming);
        case Match.Options(var allow) -> allowed(allow);
        case Match.WrongMethod(var allow) -> throw wrongMethod(allow);
        case Match.UnknownMethod() -> throw unknownMethod();
        case Match.NoSuchPath() -> answer(target.page(), target.request());
      };
    } catch (Refused refused) {
      return refused.response();
    } catch (Throwable failure) {
      return streaming
          .abandoned(observation)
          .orElseGet(() -> Failures.answer(failure, observation));
    }
  }

  private static Response answer(Optional<Page> page, Request request) {
    Page found = page.orElseThrow(() -> Fault.NOT_FOUND.refused("the contract has no such path"));
    return switch (request.getMethod()) {
      case "GET", "HEAD" -> found.answer().apply(request.getHeaders());
      case OPTIONS -> allowed(Page.ALLOW);
      default -> throw wrongMethod(Page.ALLOW);
    };
  }

  private Response admitted(Incoming incoming, Observation observation, Streaming streaming) {
    if (!serving) {
      throw Fault.NOT_READY.refused("the service is starting").retrySoon();
    }
    if (!admission.tryAcquire()) {
      throw Fault.OVERLOADED.refused("the service has as much to do as it can").retrySoon();
    }
    try {
      return serve(incoming, observation, streaming);
    } finally {
      admission.release();
    }
  }

  private Response serve(Incoming incoming, Observation observation, Streaming streaming) {
    Operation operation = incoming.route().operation();
    Deadline deadline = Deadline.after(operation.deadline(), clock);
    Context context = authentication.admit(incoming, Context.of(operation.id(), deadline));
    rate.ifPresent(limit -> limit.admit(context));
    context.tenant().ifPresent(tenant -> observation.tenant(tenant.id()));
    if (!Accepted.anyOf(operation.produces(), incoming.request().getHeaders())) {
      throw Fault.NOT_ACCEPTABLE.refused(
          "Accept must allow " + String.join(" or ", new TreeSet<>(operation.produces())));
    }
    try (Received body = new BodyReader(incoming.request(), operation.body(), deadline).read()) {
      streaming.until(deadline);
      return context.call(() -> transactions.run(incoming, context, body, streaming));
    }
  }

  private static String pathOf(Request request) {
    String path = request.getHttpURI().getPath();
    return path == null ? "" : path;
  }

  private static Response allowed(String methods) {
    return Response.empty(204).header("Allow", methods);
  }

  private static Refused wrongMethod(String allow) {
    return Fault.METHOD_NOT_ALLOWED.refused("use one of " + allow).with("Allow", allow);
  }

  /// The bytes may be the tail of another message, so nothing behind them is read.
  private static Refused unknownMethod() {
    return Fault.UNKNOWN_METHOD
        .refused("the method is none of RFC 9110")
        .with("Connection", "close");
  }
}
