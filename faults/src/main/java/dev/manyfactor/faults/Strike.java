package dev.manyfactor.faults;

import java.util.function.Predicate;

/// Something that is done once: at the first message that is counted and fits.
///
/// @param at whether a message is the one; it is asked in the order in which they are counted, by
///   one thread at a time
/// @param moment when it is done
/// @param deed what is done
public record Strike(Predicate<PostgresMessage> at, Moment moment, Deed deed) {
  /// At the k-th message.
  ///
  /// @param number from 1
  public static Strike at(long number, Moment moment, Deed deed) {
    return new Strike(message -> message.number() == number, moment, deed);
  }
}
