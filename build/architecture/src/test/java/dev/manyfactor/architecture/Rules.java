package dev.manyfactor.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/// The rules over compiled classes. Each says what it forbids and which remedy there is.
final class Rules {
  private static final Set<String> CLOCKS = Set.of("java.time.Clock", "java.time.InstantSource");

  private Rules() {}

  /// Of the packages given, lowest first, none uses one that stands after it.
  static ArchRule order(List<String> packages) {
    CompositeArchRule order = CompositeArchRule.of(uses(packages.getFirst(), after(packages, 0)));
    for (int index = 1; index < packages.size() - 1; index++) {
      order = order.and(uses(packages.get(index), after(packages, index)));
    }
    return order;
  }

  /// No class in `user` depends on one in `used`.
  static ArchRule uses(String user, List<String> used) {
    return noClasses()
        .that()
        .resideInAPackage(user + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(used.stream().map(name -> name + "..").toArray(String[]::new))
        .because("a module uses only those before it in the root pom; move the concept down")
        .allowEmptyShould(true);
  }

  /// The packages below `root` form no cycle; a package and its `spi` count as one.
  static ArchRule noCycles(String root) {
    return slices().matching(root + ".(*)..").should().beFreeOfCycles();
  }

  /// Time comes in through the constructor, so that a test can set it.
  static ArchRule noClockReads(Set<String> allowed) {
    return noAccess(allowed, "read a clock", Rules::readsClock)
        .because("time comes in as an InstantSource or a LongSupplier");
  }

  /// Output belongs to the logger, or to a writer that is handed in.
  static ArchRule noOutput(Set<String> allowed) {
    return noAccess(allowed, "print", Rules::prints)
        .because("a service logs; a command is handed its writer");
  }

  /// The environment is read in one place, which reports every problem in it at once.
  static ArchRule noEnvironment(Set<String> allowed) {
    return noAccess(
            allowed, "read the environment", access -> is(access, "java.lang.System", "getenv"))
        .because("settings are declared, then bound from one Environment");
  }

  /// Public types stand in the module's package or in its `spi`.
  static ArchRule onePublicPackage(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(root, root + ".spi")
        .and(describe("are not package-info", type -> !type.getSimpleName().equals("package-info")))
        .and(describe("are top level", JavaClass::isTopLevelClass))
        .should()
        .haveModifier(JavaModifier.PUBLIC)
        .because("a module has one public package")
        .allowEmptyShould(true);
  }

  /// The packages whose `package-info` does not say `@NullMarked`.
  static Set<String> unmarkedPackages(JavaClasses classes) {
    Set<String> packages =
        classes.stream()
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));
    classes.stream()
        .filter(type -> type.getSimpleName().equals("package-info"))
        .filter(type -> type.isAnnotatedWith(NullMarked.class))
        .forEach(type -> packages.remove(type.getPackageName()));
    return packages;
  }

  private static List<String> after(List<String> packages, int index) {
    return packages.subList(index + 1, packages.size());
  }

  private static ArchRule noAccess(
      Set<String> allowed, String what, Predicate<JavaAccess<?>> forbidden) {
    return noClasses()
        .that(describe("are not allowed to", type -> !allowed.contains(outermost(type).getName())))
        .should(new Accesses(what, forbidden));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(Rules::outermost).orElse(type);
  }

  private static boolean readsClock(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getTarget().getName();
    if (CLOCKS.contains(owner)) {
      return name.startsWith("system") || name.startsWith("tick");
    }
    if (owner.startsWith("java.time.")) {
      return name.equals("now") && !takesClock(access);
    }
    return switch (owner) {
      case "java.lang.System" -> name.equals("currentTimeMillis") || name.equals("nanoTime");
      case "java.util.Date" -> name.equals("<init>") && takesNothing(access);
      case "java.util.Calendar" -> name.equals("getInstance");
      default -> false;
    };
  }

  private static boolean takesClock(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        && target.getRawParameterTypes().stream().anyMatch(type -> CLOCKS.contains(type.getName()));
  }

  private static boolean takesNothing(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        && target.getRawParameterTypes().isEmpty();
  }

  private static boolean prints(JavaAccess<?> access) {
    return is(access, "java.lang.System", "out")
        || is(access, "java.lang.System", "err")
        || (access.getTarget().getName().equals("printStackTrace") && takesNothing(access));
  }

  private static boolean is(JavaAccess<?> access, String owner, String name) {
    return access.getTargetOwner().getName().equals(owner)
        && access.getTarget().getName().equals(name);
  }

  /// Every access of a class, calls and method references alike, that a predicate recognises.
  private static final class Accesses extends ArchCondition<JavaClass> {
    private final Predicate<JavaAccess<?>> recognised;

    Accesses(String what, Predicate<JavaAccess<?>> recognised) {
      super(what);
      this.recognised = recognised;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      type.getAccessesFromSelf().stream()
          .filter(recognised)
          .forEach(access ->
              events.add(SimpleConditionEvent.satisfied(access, access.getDescription())));
    }
  }
}
