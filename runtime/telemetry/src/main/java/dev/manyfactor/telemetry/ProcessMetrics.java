package dev.manyfactor.telemetry;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.opentelemetry.api.metrics.Meter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What the process uses of its machine, read when somebody asks.
///
/// Names follow the OpenTelemetry conventions; the start time has the name that Prometheus gives
/// it.
final class ProcessMetrics {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  private ProcessMetrics() {}

  static void register(Meter meter) {
    meter
        .gaugeBuilder("process.start_time")
        .setUnit("s")
        .setDescription("when the process began, in seconds since 1970")
        .buildWithCallback(
            now -> now.record(ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0));
    meter
        .gaugeBuilder("process.uptime")
        .setUnit("s")
        .setDescription("for how long the process has been running")
        .buildWithCallback(
            now -> now.record(ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0));
    meter
        .counterBuilder("process.cpu.time")
        .ofDoubles()
        .setUnit("s")
        .setDescription("processor time that the process has used")
        .buildWithCallback(now -> now.record(cpuSeconds()));
    meter
        .upDownCounterBuilder("process.memory.usage")
        .setUnit("By")
        .setDescription("physical memory that the process holds")
        .buildWithCallback(now -> residentBytes().ifPresent(now::record));
    meter
        .upDownCounterBuilder("process.open_file_descriptor.count")
        .setDescription("files and sockets that the process has open")
        .buildWithCallback(now -> openFiles().ifPresent(now::record));
  }

  private static double cpuSeconds() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system.getProcessCpuTime() / (double) Duration.ofSeconds(1).toNanos();
  }

  private static OptionalLong openFiles() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system instanceof UnixOperatingSystemMXBean unix
        ? OptionalLong.of(unix.getOpenFileDescriptorCount())
        : OptionalLong.empty();
  }

  /// Resident memory as Linux counts it; other systems have no such file.
  private static OptionalLong residentBytes() {
    if (!Files.isReadable(STATUS)) {
      return OptionalLong.empty();
    }
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(RESIDENT))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst();
    } catch (IOException unreadable) {
      return OptionalLong.empty();
    }
  }
}
