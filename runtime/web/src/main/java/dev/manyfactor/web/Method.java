package dev.manyfactor.web;

/// The request method of an operation in a contract.
///
/// `HEAD` (wherever there is a `GET`) and `OPTIONS` (everywhere) are answered by the server itself
/// and cannot be declared; every other method is refused before routing.
public enum Method {
  GET,
  PUT,
  POST,
  DELETE,
  PATCH
}
