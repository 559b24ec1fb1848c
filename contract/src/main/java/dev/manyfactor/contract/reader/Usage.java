package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Body;
import dev.manyfactor.contract.model.Declaration;
import dev.manyfactor.contract.model.Operation;
import dev.manyfactor.contract.model.Outcome;
import dev.manyfactor.contract.model.Parameter;
import dev.manyfactor.contract.model.Property;
import dev.manyfactor.contract.model.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// Which named types contain which, and which of them the operations need.
final class Usage {
  private final Declarations declarations;

  Usage(Declarations declarations) {
    this.declarations = declarations;
  }

  /// The names of everything that a value of this type may contain.
  Set<String> inside(String name) {
    return declarations.find(name).stream()
        .map(declaration -> reachable(inside(declaration), Usage::inside))
        .findFirst()
        .orElse(Set.of());
  }

  /// The types that operations read or write, in the order of the contract.
  List<Declaration> of(List<Operation> operations) {
    Set<String> used = reachable(operations.stream().flatMap(Usage::types), Usage::mentioned);
    return declarations.all().stream().filter(declared -> used.contains(declared.name())).toList();
  }

  private Set<String> reachable(Stream<Type> start, Function<Declaration, Stream<Type>> of) {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    start.flatMap(Usage::name).forEach(open::add);
    while (!open.isEmpty()) {
      String next = open.remove();
      if (seen.add(next)) {
        declarations.find(next).stream().flatMap(of).flatMap(Usage::name).forEach(open::add);
      }
    }
    return seen;
  }

  private static Stream<Type> inside(Declaration declaration) {
    return switch (declaration) {
      case Declaration.Structure structure -> structure.properties().stream().map(Property::type);
      case Declaration.Enumeration _ -> Stream.empty();
      case Declaration.Union union ->
          union.variants().stream().map(variant -> new Type.Reference(variant.structure()));
    };
  }

  /// What its Java mentions: also the unions that an object is a choice of.
  private static Stream<Type> mentioned(Declaration declaration) {
    return declaration instanceof Declaration.Structure structure
        ? Stream.concat(inside(declaration), structure.unions().stream().map(Type.Reference::new))
        : inside(declaration);
  }

  private static Stream<Type> types(Operation operation) {
    Stream<Type> parameters = operation.parameters().stream().map(Parameter::type);
    Stream<Type> outcomes = operation.outcomes().stream().flatMap(Usage::types);
    Stream<Type> body = operation.body().stream().flatMap(Usage::types);
    return Stream.of(parameters, body, outcomes).flatMap(types -> types);
  }

  private static Stream<Type> types(Body body) {
    return switch (body) {
      case Body.Json json -> Stream.of(json.type());
      case Body.File _ -> Stream.empty();
      case Body.Form form -> form.parts().stream().map(Body.Part::content).flatMap(Usage::types);
    };
  }

  private static Stream<Type> types(Body.Content content) {
    return switch (content) {
      case Body.Content.Field(var type) -> Stream.of(type);
      case Body.Content.Document(var type) -> Stream.of(type);
      case Body.Content.OneFile _ -> Stream.empty();
      case Body.Content.Files _ -> Stream.empty();
    };
  }

  private static Stream<Type> types(Outcome outcome) {
    Stream<Type> headers = outcome.headers().stream().map(Outcome.Header::type);
    return outcome.content() instanceof Outcome.Content.Json json
        ? Stream.concat(Stream.of(json.type()), headers)
        : headers;
  }

  private static Stream<String> name(Type type) {
    return switch (type) {
      case Type.Reference reference -> Stream.of(reference.name());
      case Type.Choice choice -> Stream.of(choice.name());
      case Type.Items items -> name(items.item());
      case Type.Entries entries -> name(entries.value());
      case Type.Possible possible -> name(possible.of());
      case Type.Any _ -> Stream.empty();
      case Type.Among _ -> Stream.empty();
      case Type.Sensitive sensitive -> name(sensitive.of());
      case Type.Text _ -> Stream.empty();
      case Type.Plain _ -> Stream.empty();
      case Type.Whole _ -> Stream.empty();
      case Type.Decimal _ -> Stream.empty();
      case Type.Binary _ -> Stream.empty();
    };
  }
}
