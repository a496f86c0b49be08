package dev.fovea.bench.training;

import dev.fovea.bench.BenchReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PyTorch in the Python of {@code FOVEA_PEER_PYTHON} ({@code training_peer.py}). */
record TorchPeer(String python, Path script) {

    /** Empty, and said so, where the variable is not set. */
    static Optional<TorchPeer> find() {
        String python = System.getenv("FOVEA_PEER_PYTHON");
        if (python == null) {
            BenchReport.say("PyTorch: skipped; set FOVEA_PEER_PYTHON to a Python that has torch and torchvision");
            return Optional.empty();
        }
        return Optional.of(new TorchPeer(
                python, Path.of(System.getProperty("fovea.root"), "bench/src/main/python/training_peer.py")));
    }

    /** Writes torchvision's MobileNetV2 as ONNX. */
    void export(Path file, int edge, int classes) throws IOException, InterruptedException {
        run("export", file.toString(), Integer.toString(edge), Integer.toString(classes));
    }

    /** Images per second of so many steps. */
    double train(int edge, int classes, int batch, int steps) throws IOException, InterruptedException {
        return run(
                        "train",
                        Integer.toString(edge),
                        Integer.toString(classes),
                        Integer.toString(batch),
                        Integer.toString(steps))
                .lines()
                .filter(line -> line.startsWith("images_per_second "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(python, script.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("%s %s failed".formatted(python, script));
        }
        return said;
    }
}
