package dev.fovea.bench.peers;

import dev.fovea.bench.BenchReport;
import dev.fovea.imaging.Size;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Resident memory after 10,000 images: one model, beside the peers, and ten models of about 5 MB. */
final class MemoryWorkload {

    private static final int IMAGES = 10_000;
    private static final int MODELS = 10;
    private static final int EDGE = 224;
    private static final double BAR_ONE_MB = 300;
    /** Of a model's file. */
    private static final double BAR_EACH = 1.5;

    private MemoryWorkload() {}

    /** Fewer images where {@code --images} names fewer than its default. */
    static void run(PeerHome home) throws Exception {
        int images = Math.max(MODELS, (int) ((long) IMAGES * home.options().images() / PeerOptions.IMAGES));
        PeerSubject subject = PeerSubject.best(home.path());
        double one;
        try (Contenders contenders = home.start(subject, PeerSubject.Decode.EXACT)) {
            BenchReport.say("%nmemory: %s, resident after %,d images".formatted(subject.name(), images));
            one = after(contenders.fovea(), subject, images);
            for (Contender peer : contenders.all().subList(1, contenders.all().size())) {
                double megabytes = after(peer, subject, images);
                BenchReport.say("%s %s: %.2f × the resident memory, %.0f against %.0f MB"
                        .formatted(
                                one < megabytes ? "ahead of" : "behind", peer.name(), one / megabytes, one, megabytes));
            }
        }
        BenchReport.maximum("resident memory with one model", one, BAR_ONE_MB, " MB");
        tenModels(home, subject, images);
    }

    private static double after(Contender contender, PeerSubject subject, int images) throws Exception {
        contender.closedLoop(subject.images(), images);
        return contender.tree().residentMegabytes();
    }

    /** Networks with weights of their own, in a home of their own. */
    private static void tenModels(PeerHome first, PeerSubject subject, int images) throws Exception {
        try (PeerHome home = PeerHome.create(first.options(), first.environments())) {
            List<String> names = new ArrayList<>();
            double megabytes = 0;
            for (int i = 0; i < MODELS; i++) {
                Path network = network(home.path(), subject, i);
                megabytes += Files.size(network) / 1e6;
                names.add("ten-" + i);
                subject.with(network).importAs(names.getLast(), home.launcher(), home.path(), PeerSubject.Decode.EXACT);
            }
            byte[] image = subject.images().getFirst();
            try (Contender fovea = Contender.fovea(home.launcher(), names.getFirst(), image)) {
                for (String name : names) {
                    String path = "/v1/models/" + name + "/predict";
                    after(
                            fovea.at(
                                    name,
                                    new Contender.Endpoint(fovea.endpoint().port(), path, Upload.RAW)),
                            subject,
                            images / MODELS);
                }
                BenchReport.say("%nmemory: %d models, %.1f MB of files".formatted(MODELS, megabytes));
                BenchReport.maximum(
                        "resident memory with ten models",
                        fovea.tree().residentMegabytes(),
                        BAR_ONE_MB + BAR_EACH * megabytes,
                        " MB");
            }
        }
    }

    private static Path network(Path directory, PeerSubject subject, long seed) throws IOException {
        int classes = Files.readAllLines(subject.labels()).size();
        byte[] bytes = NetworkBuilder.build(Family.RESIDUAL, Scale.MEDIUM, 3, new Size(EDGE, EDGE), classes, seed)
                .bytes();
        return Files.write(directory.resolve("ten-%d.onnx".formatted(seed)), bytes);
    }
}
