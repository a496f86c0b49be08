package dev.fovea.bench.peers;

import dev.fovea.bench.BenchReport;
import java.nio.file.Path;

/**
 * Fovea against servers in Python. Each peer must first name the same best label for the same images; then all are
 * measured in interleaved rounds. Peers that do not install or differ are named and skipped.
 */
final class PeersBench {

    private PeersBench() {}

    /** See {@link PeerOptions}. */
    public static void main(String[] arguments) throws Exception {
        PeerOptions options = PeerOptions.parse(arguments);
        // an interrupted run leaves no servers behind
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
        PeerEnvironment environments = new PeerEnvironment(Path.of(System.getProperty("fovea.root"), "bench/peers"));
        BenchReport.machine();
        for (Workload workload : options.workloads()) {
            try (PeerHome home = PeerHome.create(options, environments)) {
                switch (workload) {
                    case PHOTOGRAPHS -> ThroughputWorkloads.photographs(home);
                    case LARGE -> ThroughputWorkloads.large(home);
                    case V2 -> V2Workload.run(home);
                    case TAIL -> TailWorkload.run(home);
                    case QUANTIZED -> QuantizedWorkload.run(home);
                    case MEMORY -> MemoryWorkload.run(home);
                    case START -> StartWorkload.run(home);
                    case IN_PROCESS -> InProcessWorkload.run(home);
                }
            }
        }
        BenchReport.machine();
    }
}
