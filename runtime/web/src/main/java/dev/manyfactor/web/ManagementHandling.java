package dev.manyfactor.web;

import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler.Abstract;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the requests to a management port; nothing of it is traced, counted or logged.
final class ManagementHandling extends Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(ManagementHandling.class);

  private final Map<String, Supplier<Response>> pages;
  private final Sender sender = new Sender(new InFlight(_ -> {}));

  ManagementHandling(Map<String, Supplier<Response>> pages) {
    this.pages = pages;
  }

  @Override
  public boolean handle(
      Request request, org.eclipse.jetty.server.Response response, Callback callback) {
    sender.begin(request, response, callback).send(answer(request));
    return true;
  }

  private Response answer(Request request) {
    Supplier<Response> page = pages.get(String.valueOf(request.getHttpURI().getPath()));
    if (page == null) {
      return Response.problem(
          Fault.NOT_FOUND.problem("there are " + String.join(", ", pages.keySet())));
    }
    return switch (request.getMethod()) {
      case "GET", "HEAD" -> answer(page);
      default ->
          Response.problem(Fault.METHOD_NOT_ALLOWED.problem("use GET"))
              .header("Allow", "GET, HEAD");
    };
  }

  private static Response answer(Supplier<Response> page) {
    try {
      return page.get();
    } catch (RuntimeException failure) {
      LOG.error("a management page failed", failure);
      return Response.problem(Fault.INTERNAL.problem("the page failed; see the log"));
    }
  }
}
