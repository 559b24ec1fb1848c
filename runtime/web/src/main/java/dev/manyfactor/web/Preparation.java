package dev.manyfactor.web;

/// Decodes a request, before any transaction, into the action that will answer it.
///
/// Called on the request's own thread, for many requests at once, so it holds no state of one. It
/// reads every declared parameter and the body from the input, which collects the violations. If
/// there is one, the request is answered with 400 naming all of them and the action never runs; the
/// action may therefore rely on what was read.
///
/// @param <T> `Read`, `Write` or `Call`: what the action may do
@FunctionalInterface
public interface Preparation<T> {

  /// The action for this request; returned even when the input has violations.
  Action<T> prepare(Input input);
}
