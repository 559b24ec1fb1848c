/// Durable queues and schedules in the service's own database.
///
/// It promises that a job added in a transaction runs if and only if that transaction commits, and
/// that its effects in this database happen once, through any crash: every attempt's effects commit
/// together with its completion. A call to another service is made at least once, under one key
/// derived from the job. A job that keeps failing ends as a dead letter with its reason.
///
/// It refuses payloads that are large or not plain data, and it offers no order between jobs, no
/// priorities and no results: a job writes what it has to say into the service's own tables.
///
/// Read [dev.manyfactor.jobs.Queue] first, then [dev.manyfactor.jobs.TransactionalJob] and
/// [dev.manyfactor.jobs.LeasedJob]; the tables are in
/// `META-INF/manyfactor/migrations/jobs/0001.expand.jobs.sql`.
@NullMarked
package dev.manyfactor.jobs;

import org.jspecify.annotations.NullMarked;
