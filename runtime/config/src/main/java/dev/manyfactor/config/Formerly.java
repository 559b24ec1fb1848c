package dev.manyfactor.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a setting was called in an earlier release, so that an environment written for that release
/// still starts this one.
///
/// A former name is read as the present one is, with one warning that names the present one; both
/// together are a problem. The text means the same under both names: where the unit or the meaning
/// changed, it is another setting.
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Formerly {

  /// Each the name of a component (`patience`), which joins the prefix as the present one does, or
  /// a whole variable (`NETWORK_PATIENCE`).
  String[] value();
}
