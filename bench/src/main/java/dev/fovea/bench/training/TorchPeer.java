package dev.fovea.bench.training;

import dev.fovea.bench.peers.PeerScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** PyTorch in the Python of {@code FOVEA_PEER_PYTHON} ({@code training_peer.py}). */
record TorchPeer(PeerScript script) {

    /** Empty, and said so, where the variable is not set. */
    static Optional<TorchPeer> find() {
        return PeerScript.find("PyTorch", "torch and torchvision", "training_peer.py")
                .map(TorchPeer::new);
    }

    /** Writes torchvision's MobileNetV2 as ONNX. */
    void export(Path file, int edge, int classes) throws IOException, InterruptedException {
        script.run("export", file.toString(), Integer.toString(edge), Integer.toString(classes));
    }

    /** Images per second of so many steps. */
    double train(int edge, int classes, int batch, int steps) throws IOException, InterruptedException {
        return script
                .run(
                        "train",
                        Integer.toString(edge),
                        Integer.toString(classes),
                        Integer.toString(batch),
                        Integer.toString(steps))
                .stream()
                .filter(line -> line.startsWith("images_per_second "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }
}
