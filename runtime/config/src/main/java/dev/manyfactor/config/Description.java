package dev.manyfactor.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a setting is, for the operator who has to give it a value.
///
/// On a record component it describes that setting; on a type it describes every setting of the
/// type that has no description of its own.
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Description {

  /// A phrase that completes "set it to …": `the address of a PostgreSQL database`.
  String value();

  /// A value that would be accepted; without it the type's own example is shown. Never a real
  /// secret.
  String example() default "";
}
