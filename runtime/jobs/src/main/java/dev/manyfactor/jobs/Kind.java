package dev.manyfactor.jobs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The name under which jobs with this payload are stored.
///
/// Without it the name is made from the record's own: `Capture.Requested` is `capture.requested`, a
/// top-level `SendReceipt` is `send-receipt`; the package plays no part. Stored jobs are found by
/// that name, so a record that is renamed must keep the old one with this annotation.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Kind {

  /// 1 to 100 characters of `a-z`, `0-9`, `-` and `.`, starting with a letter.
  String value();
}
