package dev.manyfactor.database;

import dev.manyfactor.context.Caller;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.context.Tenant;
import java.util.Optional;

/// An open transaction of one tenant: [Read] may look, [Write] may also change.
///
/// Valid until the work it was given to returns, and for one thread at a time.
public sealed interface Transaction permits Read, Write {

  /// Whose rows this transaction sees, and no others.
  Tenant tenant();

  /// Who asks; empty for work that no caller is waiting for.
  Optional<Caller> caller();

  /// Until when; a statement that runs longer is cancelled by the server.
  Deadline deadline();

  /// A question to the database, asked when its result is read.
  ///
  /// Parameters may be `String`, `Integer`, `Long`, `Short`, `Boolean`, `Double`, `BigDecimal`,
  /// `UUID`, `Instant`, `LocalDate`, `Duration` (as `interval`), `byte[]`, an enum (as its name in
  /// lower case), a record of one such component (as that component), a `List` of one such type but
  /// `byte[]` (as an array, for `= any(?)`), or an `Optional` of any of these (empty as null).
  ///
  /// @param text one statement with a `?` for each parameter; constant, never put together from
  ///   values
  Query sql(String text, Object... parameters);
}
