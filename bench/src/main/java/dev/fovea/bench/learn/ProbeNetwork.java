package dev.fovea.bench.learn;

import dev.fovea.bench.BenchReport;
import dev.fovea.pipeline.backbone.BackboneReference;
import dev.fovea.pipeline.backbone.Backbones;
import dev.fovea.pipeline.jobs.JobTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The network of a bench of heads.
 *
 * @param name by which reference figures are known
 * @param contract file of its preprocessing; empty where the network carries it
 */
record ProbeNetwork(String name, Path file, Optional<Path> contract) {

    /**
     * {@code [NAME FILE.onnx [CONTRACT.json]]}; without arguments SqueezeNet 1.1 of {@code FOVEA_BENCH_DATA}. Empty,
     * and said so, where there is no such file.
     */
    static Optional<ProbeNetwork> of(String[] arguments) {
        ProbeNetwork network = arguments.length == 0
                ? new ProbeNetwork(
                        "squeezenet",
                        ImageSet.data().resolve("models/squeezenet11-fp32.onnx"),
                        Optional.of(
                                Path.of(System.getProperty("fovea.root"), "docs/examples/squeezenet-contract.json")))
                : new ProbeNetwork(
                        arguments[0],
                        Path.of(arguments[1]).toAbsolutePath(),
                        Optional.of(arguments)
                                .filter(all -> all.length > 2)
                                .map(all -> Path.of(all[2]).toAbsolutePath()));
        if (!Files.exists(network.file())) {
            BenchReport.say("skipped: there is no " + network.file());
            return Optional.empty();
        }
        return Optional.of(network);
    }

    /** Fits heads on it. */
    ProbeRun probe(JobTools tools, Path scratch) {
        return new ProbeRun(
                tools,
                scratch,
                new Backbones(tools.registry(), tools.bundles(), tools.backbones())
                        .resolve(new BackboneReference(file.toString(), contract, Optional.empty())));
    }
}
