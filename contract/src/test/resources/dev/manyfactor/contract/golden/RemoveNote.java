// Generated from notes.openapi.yaml; change it there.
package example.notes;

/// How `removeNote` can end: the responses that the contract declares for it.
public sealed interface RemoveNote {
  /// 204: there is no such note any more
  record NoContent() implements RemoveNote {}
}
