package dev.manyfactor.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives the tests of a class a running service, as a parameter of type [TestService].
///
/// The service and its upstreams run as processes of type `all` inside of the test's JVM, each with
/// a database of its own on one real PostgreSQL. They start when the first class asks for them and
/// are shared by all classes with the same annotation, so each test works in a tenant of its own.
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

  /// The class with the service: it has a method `public static Service service()`.
  Class<?> value();

  /// The services that it calls, likewise; each is reached under its own name.
  Class<?>[] upstreams() default {};

  /// Further variables, each as `NAME=value`.
  String[] environment() default {};
}
