package dev.fovea.bench.peers;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.Photograph;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Closed loops of image files: photographs as they are, and the same photographs as a phone would have taken them. */
final class ThroughputWorkloads {

    private static final double BAR_THROUGHPUT = 1.25;
    private static final double BAR_PROCESSOR = 0.8;
    private static final double BAR_LARGE_THROUGHPUT = 1.5;
    private static final double BAR_LARGE_PROCESSOR = 0.65;
    private static final int LARGE_IMAGES = 20;
    private static final int LARGE_SHARE = 3;

    private ThroughputWorkloads() {}

    static void photographs(PeerHome home) throws Exception {
        PeerSubject subject = PeerSubject.best(home.path());
        try (Contenders contenders = home.start(subject, PeerSubject.Decode.EXACT)) {
            title("photographs", subject, home.options());
            report(contenders, subject, home.options(), BAR_THROUGHPUT, BAR_PROCESSOR);
        }
    }

    static void large(PeerHome home) throws Exception {
        PeerSubject photographs = PeerSubject.best(home.path());
        PeerSubject subject = photographs.with(enlarged(photographs.images()));
        PeerOptions options = home.options().withImagesDividedBy(LARGE_SHARE);
        try (Contenders contenders = home.start(subject, PeerSubject.Decode.FAST)) {
            title("large, 12 megapixels, decoded at a reduced scale", subject, options);
            report(contenders, subject, options, BAR_LARGE_THROUGHPUT, BAR_LARGE_PROCESSOR);
        }
    }

    private static void report(
            Contenders contenders, PeerSubject subject, PeerOptions options, double throughput, double processor)
            throws Exception {
        PeerRounds rounds = PeerRounds.measure(contenders.all(), subject.images(), options);
        rounds.compare();
        rounds.minimum("throughput", PeerFigures::throughput, throughput);
        rounds.maximum("CPU per image", PeerFigures::processor, processor);
        rounds.tables();
    }

    private static List<byte[]> enlarged(List<byte[]> images) throws IOException {
        List<byte[]> large = new ArrayList<>();
        for (int i = 0; i < LARGE_IMAGES; i++) {
            large.add(Photograph.twelveMegapixels(images.get(i * images.size() / LARGE_IMAGES), i));
        }
        return large;
    }

    private static void title(String workload, PeerSubject subject, PeerOptions options) {
        BenchReport.say("%n%s: %s, %,d kB each on average, closed loop, %d rounds of %d images"
                .formatted(
                        workload,
                        subject.name(),
                        Math.round(subject.images().stream()
                                        .mapToInt(image -> image.length)
                                        .average()
                                        .orElse(0)
                                / 1000),
                        options.rounds(),
                        options.images()));
    }
}
