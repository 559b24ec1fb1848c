package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.Api;
import dev.manyfactor.fuzz.contract.ApiContent;
import dev.manyfactor.fuzz.contract.ApiOperation;
import dev.manyfactor.fuzz.contract.Shape;
import dev.manyfactor.fuzz.document.Document;
import dev.manyfactor.fuzz.document.Notation;
import dev.manyfactor.fuzz.document.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Documents that are JSON and break rules of their schema: one, or several in different places.
final class BodyRules {
  private static final int SEVERAL = 4;

  private final Api api;
  private final Maker maker;

  BodyRules(Api api, Maker maker) {
    this.api = api;
    this.maker = maker;
  }

  List<Family.Way> ways(Parts parts) {
    Optional<Shape> shape =
        parts.operation().body().map(ApiOperation.ApiBody::content).flatMap(ApiContent::json);
    if (parts.body().isEmpty() || shape.isEmpty()) {
      return List.of();
    }
    Document valid = parts.body().get();
    var breaks = new Breaks(maker.values(), maker.chance());
    var ways = new ArrayList<Family.Way>();
    var all = new ArrayList<Breaks.Way>();
    for (Spot spot : Spot.all(api, shape.get(), valid)) {
      all.addAll(breaks.at(spot));
    }
    all.forEach(way ->
        ways.add(
            new Family.Way(
                "body:" + way.name(),
                () -> broken(parts, valid, List.of(way.make().get()), "body:" + way.name()))));
    if (all.size() > 1) {
      ways.add(new Family.Way("body:several", () -> several(parts, valid, all)));
    }
    return ways;
  }

  private Draft several(Parts parts, Document valid, List<Breaks.Way> all) {
    var chosen = new ArrayList<Breaks.Break>();
    Set<Place> taken = new TreeSet<>(Comparator.comparing(Place::pointer));
    for (int i = 0; i < SEVERAL; i++) {
      Breaks.Break next = maker.chance().pick(all).make().get();
      if (taken.stream().noneMatch(next.place()::overlaps)) {
        taken.add(next.place());
        chosen.add(next);
      }
    }
    return broken(parts, valid, chosen, "body:several");
  }

  private Draft broken(Parts parts, Document valid, List<Breaks.Break> chosen, String kind) {
    Document document = valid;
    Set<String> pointers = new TreeSet<>();
    for (Breaks.Break one : chosen) {
      document = document.replaced(one.place(), one.by());
      pointers.add(one.pointer());
    }
    Chance chance = maker.chance();
    String text =
        chance.oneIn(2) ? Notation.plain(document) : Notation.any(document, chance::below);
    return maker
        .draft(parts, Optional.of(Maker.bytes(text)))
        .as(kind, new Expected.Violating(pointers));
  }
}
