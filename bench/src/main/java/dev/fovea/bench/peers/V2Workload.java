package dev.fovea.bench.peers;

import dev.fovea.bench.BenchConnection;
import dev.fovea.bench.BenchReport;
import dev.fovea.bench.BenchSeries;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Open Inference Protocol with the image as a BYTES tensor in the binary tensor extension and its five best labels
 * as {@code classification} output, against {@code /v1} of the same process.
 */
final class V2Workload {

    private static final double BAR_PROCESSOR = 1.05;
    private static final Pattern OUTPUT = Pattern.compile("\"outputs\":\\[\\{\"name\":\"([^\"]+)\"");

    private V2Workload() {}

    static void run(PeerHome home) throws Exception {
        PeerSubject subject = PeerSubject.best(home.path());
        home.importModel(subject, PeerSubject.Decode.EXACT);
        try (Contender v1 = home.fovea(subject)) {
            String model = "/v2/models/" + PeerHome.MODEL;
            Contender v2 = v1.at(
                    "fovea /v2",
                    new Contender.Endpoint(v1.endpoint().port(), model + "/infer", Upload.tensor(output(v1, model))));
            requireEqual(
                    v1,
                    v2,
                    subject.images().subList(0, Math.min(20, subject.images().size())));
            BenchReport.say("%nv2: %s, image as BYTES against /v1, closed loop, %d rounds of %d images"
                    .formatted(
                            subject.name(),
                            home.options().rounds(),
                            home.options().images()));
            PeerRounds rounds = PeerRounds.measure(List.of(v2, v1), subject.images(), home.options());
            BenchSeries one = rounds.figures().getLast().processor();
            BenchSeries two = rounds.figures().getFirst().processor();
            BenchReport.maximum("CPU per image of /v2 against /v1", two.ratioTo(one), BAR_PROCESSOR, " ×");
            rounds.tables();
        }
    }

    private static String output(Contender fovea, String path) throws IOException {
        try (BenchConnection connection = new BenchConnection(fovea.endpoint().port())) {
            String metadata = connection.get(path).successful().body();
            Matcher name = OUTPUT.matcher(metadata);
            if (!name.find()) {
                throw new IOException("no outputs in " + metadata);
            }
            return name.group(1);
        }
    }

    private static void requireEqual(Contender v1, Contender v2, List<byte[]> images) throws IOException {
        List<String> expected = v1.labels(images);
        try (BenchConnection connection = new BenchConnection(v2.endpoint().port())) {
            for (int i = 0; i < images.size(); i++) {
                String body = connection
                        .send(v2.endpoint().request(images.get(i)))
                        .successful()
                        .body();
                String best = body.substring(body.indexOf("\"data\":[") + 8).split(",\"", 2)[0];
                if (!best.contains(expected.get(i))) {
                    throw new IOException("/v1 says %s, /v2 %s".formatted(expected.get(i), body));
                }
            }
        }
    }
}
