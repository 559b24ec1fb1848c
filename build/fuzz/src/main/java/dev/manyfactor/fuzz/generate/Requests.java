package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.Api;
import dev.manyfactor.fuzz.contract.ApiOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Every request that a seed stands for, by its index. Safe on many threads.
public final class Requests {
  private static final int VALID = 45;
  private static final long SETUP = -1_000_000L;

  private final Api api;
  private final Known known;
  private final Tokens tokens;
  private final long seed;

  /// @param known what the service has, not changed any more
  public Requests(Api api, Known known, Tokens tokens, long seed) {
    this.api = api;
    this.known = known;
    this.tokens = tokens;
    this.seed = seed;
  }

  /// The request with this index, from 0.
  public Draft request(long index) {
    Chance chance = Chance.of(seed, index);
    ApiOperation operation = chance.pick(api.operations());
    var maker = maker(chance, index);
    Parts parts = maker.valid(operation);
    return chance.percent(VALID) ? maker.written(parts) : mutant(maker, parts);
  }

  /// A valid request that adds something, made before a run so that there is something.
  public Draft creation(ApiOperation operation, int number) {
    long index = SETUP + number;
    var maker = maker(Chance.of(seed, index), index);
    return maker.written(maker.valid(operation));
  }

  private Maker maker(Chance chance, long index) {
    return new Maker(api, known, tokens, chance, "%d-%d".formatted(seed, index));
  }

  private Draft mutant(Maker maker, Parts parts) {
    Chance chance = maker.chance();
    var families = new ArrayList<Family>();
    for (Family family : Family.all(api, maker, parts)) {
      for (int i = 0; i < family.weight(); i++) {
        families.add(family);
      }
    }
    Optional<Draft> made = Optional.empty();
    while (made.isEmpty()) {
      List<Family.Way> ways = chance.pick(families).ways();
      made = ways.isEmpty() ? made : Optional.of(chance.pick(byName(ways, chance)).make().get());
    }
    return made.get();
  }

  /// The ways of one name, so that a rule that many values have is not broken more often for it.
  private static List<Family.Way> byName(List<Family.Way> ways, Chance chance) {
    String name = chance.pick(ways.stream().map(Family.Way::name).distinct().toList());
    return ways.stream().filter(way -> way.name().equals(name)).toList();
  }
}
