package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.Api;
import java.util.List;
import java.util.function.Supplier;

/// A group of ways to break a request.
///
/// @param weight how often it is chosen, beside the others
/// @param ways those that this request has
record Family(int weight, List<Way> ways) {

  /// A way to break the request, not yet gone.
  record Way(String name, Supplier<Draft> make) {}

  static List<Family> all(Api api, Maker maker, Parts parts) {
    return List.of(
        new Family(40, new BodyRules(api, maker).ways(parts)),
        new Family(15, new BodyText(maker).ways(parts)),
        new Family(30, new FormRules(api, maker).ways(parts)),
        new Family(20, new ParameterRules(api, maker).ways(parts)),
        new Family(10, new Targets(api, maker).ways(parts)),
        new Family(8, new Heads(maker).ways(parts)),
        new Family(10, new Callers(maker).ways(parts)),
        new Family(8, new Keys(maker).ways(parts)),
        new Family(6, new Bytes(maker).ways(parts)));
  }
}
