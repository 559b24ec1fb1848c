package dev.manyfactor.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The value of a setting whose variable is not set, written as it would be in the environment.
///
/// It is parsed when the record is declared, so a wrong default fails every start and every test.
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Default {

  /// The text, for example `5s`; never empty.
  String value();
}
