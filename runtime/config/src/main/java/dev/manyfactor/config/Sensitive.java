package dev.manyfactor.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a setting that holds a secret without being a [Secret], as an address with a password
/// does.
///
/// Its value is masked everywhere and may come from a file named by the variable with `_FILE`. On a
/// component, what is wrong with the value is not said in detail either. On a type with a `parse`
/// method, the author of the type promises that the messages of `parse` never show the secret part.
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Sensitive {}
