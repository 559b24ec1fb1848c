package dev.manyfactor.web;

/// One decoded request, ready to run in its transaction.
///
/// Runs at most once per object. A response that it returns is an answer whatever its status, and
/// its transaction commits; an exception rolls the transaction back and is answered with 500.
///
/// @param <T> `Read`, `Write` or `Call`: what the action may do
@FunctionalInterface
public interface Action<T> {

  /// The answer to the request.
  Response run(T transaction);
}
