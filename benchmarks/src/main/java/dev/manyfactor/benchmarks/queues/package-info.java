/// How fast jobs are, beside PostgreSQL alone and beside db-scheduler: read [JobsThroughput]; and
/// what a transaction that stays open does to them: read [PinnedTransaction].
@NullMarked
package dev.manyfactor.benchmarks.queues;

import org.jspecify.annotations.NullMarked;
