package dev.manyfactor.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.function.ToLongFunction;

/// What the JVM does with memory and threads, read when somebody asks.
///
/// Names follow the OpenTelemetry conventions, except for garbage collection: the JVM counts
/// collections and their time, which is a pair of counters and no histogram.
final class JvmMetrics {
  private static final AttributeKey<String> POOL = AttributeKey.stringKey("jvm.memory.pool.name");
  private static final AttributeKey<String> TYPE = AttributeKey.stringKey("jvm.memory.type");
  private static final AttributeKey<String> COLLECTOR = AttributeKey.stringKey("jvm.gc.name");

  private JvmMetrics() {}

  static void register(Meter meter) {
    pools(meter, "jvm.memory.used", "memory in use", MemoryUsage::getUsed);
    pools(
        meter,
        "jvm.memory.committed",
        "memory that is sure to be there",
        MemoryUsage::getCommitted);
    pools(meter, "jvm.memory.limit", "the most memory that can be used", MemoryUsage::getMax);
    meter
        .counterBuilder("jvm.gc.collections")
        .setDescription("garbage collections")
        .buildWithCallback(now ->
            ManagementFactory.getGarbageCollectorMXBeans()
                .forEach(each -> now.record(each.getCollectionCount(), attributes(each))));
    meter
        .counterBuilder("jvm.gc.time")
        .ofDoubles()
        .setUnit("s")
        .setDescription("time spent in garbage collection")
        .buildWithCallback(now ->
            ManagementFactory.getGarbageCollectorMXBeans()
                .forEach(each -> now.record(each.getCollectionTime() / 1000.0, attributes(each))));
    meter
        .upDownCounterBuilder("jvm.thread.count")
        .setDescription("platform threads; virtual threads are not counted")
        .buildWithCallback(now -> now.record(ManagementFactory.getThreadMXBean().getThreadCount()));
  }

  private static void pools(
      Meter meter, String name, String description, ToLongFunction<MemoryUsage> figure) {
    meter
        .upDownCounterBuilder(name)
        .setUnit("By")
        .setDescription(description)
        .buildWithCallback(now -> {
          for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            long bytes = figure.applyAsLong(pool.getUsage());
            if (bytes >= 0) { // -1 is a limit that there is not
              now.record(bytes, attributes(pool));
            }
          }
        });
  }

  private static Attributes attributes(MemoryPoolMXBean pool) {
    String type = pool.getType() == MemoryType.HEAP ? "heap" : "non_heap";
    return Attributes.of(POOL, pool.getName(), TYPE, type);
  }

  private static Attributes attributes(GarbageCollectorMXBean collector) {
    return Attributes.of(COLLECTOR, collector.getName());
  }
}
