package dev.manyfactor.web;

import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// How an answer is carried to the client that asked: whether it may be kept, whether the client
/// has it already, and whether it is compressed.
///
/// Every answer to a read has an `ETag`, made of its body unless the handler gave one, and may be
/// kept but not used unasked; so a client that comes back with the tag gets 304. A handler that
/// sets `Cache-Control` decides itself: with `no-store` there is no tag, and with `no-transform`
/// nothing is compressed. Belongs to one request.
final class Delivery {
  private static final String CACHE_CONTROL = "Cache-Control";
  private static final String ETAG = "ETag";
  private static final String VARY = "Vary";
  private static final byte[] NO_BODY = {};

  private final HttpFields asked;
  private final Response answer;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private Delivery(HttpFields asked, Response answer) {
    this.asked = asked;
    this.answer = answer;
    headers.putAll(answer.headers());
  }

  /// Who asked for what.
  ///
  /// @param isRead whether the method is `GET` or `HEAD`
  /// @param isPersonal whether the answer is for one caller only
  record Ask(boolean isRead, boolean isPersonal, HttpFields headers) {}

  /// The answer as it is sent.
  static Response of(Ask ask, Response answer) {
    boolean isLong = answer.body().length >= Gzip.FEWEST_BYTES;
    boolean isProblem = answer.status() >= 400;
    if (answer.download().isPresent()) {
      return new Delivery(ask.headers(), answer).stream(ask);
    }
    return ask.isRead() || isLong || isProblem
        ? new Delivery(ask.headers(), answer).deliver(ask)
        : answer;
  }

  private Response deliver(Ask ask) {
    if (answer.status() >= 400) {
      headers.putIfAbsent(CACHE_CONTROL, "no-store");
    } else if (ask.isRead()) {
      headers.putIfAbsent(CACHE_CONTROL, ask.isPersonal() ? "private, no-cache" : "no-cache");
    }
    boolean compressed = isCompressed();
    if (ask.isRead() && answer.status() == 200 && !isCacheControl("no-store")) {
      String tag = tag(compressed);
      headers.put(ETAG, tag);
      if (isKnown(tag)) {
        return unchanged();
      }
    }
    if (!compressed) {
      return new Response(answer.status(), headers, answer.body());
    }
    headers.put("Content-Encoding", Gzip.NAME);
    return new Response(answer.status(), headers, Gzip.compressed(answer.body()));
  }

  /// Only a tag that the handler gave: the bytes are not known yet, and are never compressed.
  private Response stream(Ask ask) {
    headers.putIfAbsent(CACHE_CONTROL, ask.isPersonal() ? "private, no-cache" : "no-cache");
    String tag = headers.getOrDefault(ETAG, "");
    return EntityTag.isOne(tag) && isKnown(tag) ? unchanged() : answer.withHeaders(headers);
  }

  /// Also notes, for caches, that it depends on the client.
  private boolean isCompressed() {
    boolean mayBe =
        Gzip.isWorthIt(headers.getOrDefault(Response.CONTENT_TYPE, ""), answer.body().length)
            && !headers.containsKey("Content-Encoding")
            && !isCacheControl("no-transform");
    if (mayBe) {
      headers.merge(VARY, "Accept-Encoding", (former, added) -> former + ", " + added);
    }
    return mayBe && Accepted.gzip(asked);
  }

  private boolean isCacheControl(String directive) {
    return headers.getOrDefault(CACHE_CONTROL, "").contains(directive);
  }

  private String tag(boolean compressed) {
    String given = headers.getOrDefault(ETAG, "");
    String tag = EntityTag.isOne(given) ? given : EntityTag.of(answer.body());
    return compressed ? EntityTag.coded(tag, Gzip.NAME) : tag;
  }

  private boolean isKnown(String tag) {
    return asked.contains(HttpHeader.IF_NONE_MATCH)
        && EntityTag.isIn(String.join(",", asked.getValuesList(HttpHeader.IF_NONE_MATCH)), tag);
  }

  /// 304 says nothing of a content that it does not have (RFC 9110, section 15.4.5).
  private Response unchanged() {
    headers.keySet().removeIf(name -> name.regionMatches(true, 0, "Content-", 0, 8));
    return new Response(304, headers, NO_BODY);
  }
}
