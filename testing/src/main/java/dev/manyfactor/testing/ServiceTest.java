package dev.manyfactor.testing;

import dev.manyfactor.service.ProcessType;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives the tests of a class a running service, as a parameter of type [TestService].
///
/// The service and its upstreams run as one process each, inside of the test's JVM or each in one
/// of its own, with a database of its own on one real PostgreSQL. They start when the first class
/// asks for them and are shared by all classes with the same annotation, so each test works in a
/// tenant of its own. What a test has stopped, killed or frozen runs again when the next one
/// begins.
///
/// ```java
/// @ServiceTest(value = Payments.class, upstreams = Cards.class)
/// class PaymentTests {
///   @Test
///   void paymentIsCaptured(TestService payments) {
///     TestClient acme = payments.client("customers:write payments:write payments:read");
/// ```
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ServiceExtension.class)
public @interface ServiceTest {

  /// The class with the service: it has a method `public static Service service()`, and a `main`
  /// where it is to run as a process of its own.
  Class<?> value();

  /// The services that it calls, likewise; each is reached under its own name.
  Class<?>[] upstreams() default {};

  /// Further variables, each as `NAME=value`.
  String[] environment() default {};

  /// What the process of the service does; its upstreams do all.
  ProcessType type() default ProcessType.ALL;

  /// Whether each service runs as an operating system's process of its own, which can be killed and
  /// frozen.
  boolean processes() default false;

  /// Whether classes with the same annotation share what was started. A class that moves the clock
  /// has a formation of its own, since time does not go back.
  boolean shared() default true;
}
