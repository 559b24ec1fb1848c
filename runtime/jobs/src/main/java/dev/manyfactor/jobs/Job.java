package dev.manyfactor.jobs;

/// Work that happens after the transaction that asked for it: its code, for one kind of payload.
///
/// There are two sorts, and the type of the first parameter tells them apart. A [TransactionalJob]
/// works in one database transaction and its effects there happen once. A [LeasedJob] may call
/// other services; its effects in the database happen once, its calls at least once, under one
/// derived key. An implementation is used by many threads at a time. A third sort, [SteppedJob], is
/// for work that is too long for one transaction.
///
/// A job fails by throwing; see [Policy] for what happens then. [Discard] and [RetryAt] let it
/// choose.
///
/// @param <P> the payload; its kind is told by its name, see [Kind]
public sealed interface Job<P extends Record> permits TransactionalJob, LeasedJob, Stepped {

  /// How often and how patiently this job is tried, and how long one attempt may take.
  Policy policy();
}
