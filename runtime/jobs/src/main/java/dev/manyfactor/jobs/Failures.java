package dev.manyfactor.jobs;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The history of a job: its latest failures, stored as a JSON array, oldest first.
final class Failures {
  private static final int MOST = 25;
  private static final TypeReference<List<Failure>> LIST = new TypeReference<>() {};
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Failures() {}

  static List<Failure> read(String json) {
    return JSON.readValue(json, LIST);
  }

  /// The history with one more failure, without the oldest ones if it grows too long.
  static String with(String json, Failure latest) {
    var all = new ArrayList<>(read(json));
    all.add(latest);
    return JSON.writeValueAsString(all.subList(Math.max(0, all.size() - MOST), all.size()));
  }
}
