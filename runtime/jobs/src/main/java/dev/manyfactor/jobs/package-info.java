/// Durable queues and schedules in the service's own database.
@NullMarked
package dev.manyfactor.jobs;

import org.jspecify.annotations.NullMarked;
