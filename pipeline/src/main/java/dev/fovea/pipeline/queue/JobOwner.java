package dev.fovea.pipeline.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The process that runs a job. Its start time distinguishes it from a later process with the same number.
 *
 * @param host name of the machine
 * @param pid process number on that machine
 * @param started when the process started, in epoch milliseconds; 0 where unknown
 */
public record JobOwner(String host, long pid, long started) {

    /** This process. */
    public static JobOwner current() {
        return new JobOwner(hostName(), ProcessHandle.current().pid(), started(ProcessHandle.current()));
    }

    /**
     * Whether this owner, seen from another process, can no longer finish its work. The system knows owners on this
     * machine. An owner on another machine is alive until its lease expires.
     */
    public boolean isGone(JobOwner observer, Instant lease, Instant now) {
        if (!host.equals(observer.host())) {
            return lease.isBefore(now);
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return process.map(alive -> started != 0 && started(alive) != 0 && started(alive) != started)
                .orElse(true);
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** Without a DNS request, which may take seconds. */
    private static String hostName() {
        String name = System.getenv("HOSTNAME");
        if (name != null && !name.isBlank()) {
            return name.strip();
        }
        try {
            return Files.readString(Path.of("/etc/hostname")).strip();
        } catch (IOException e) {
            String windows = System.getenv("COMPUTERNAME");
            return windows == null ? "localhost" : windows;
        }
    }
}
