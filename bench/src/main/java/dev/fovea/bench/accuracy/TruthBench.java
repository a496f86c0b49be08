package dev.fovea.bench.accuracy;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.model.Lineage;
import dev.fovea.registry.Registration;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.runtime.session.Timings;
import dev.fovea.serving.RequestDetails;
import dev.fovea.storage.Home;
import dev.fovea.storage.HomeSettings;
import dev.fovea.storage.traffic.StoredPredictions;
import dev.fovea.traffic.LoggedImage;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.LoggedRouting;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.ResponseTimes;
import dev.fovea.traffic.TrafficLog;
import dev.fovea.traffic.TrafficSettings;
import dev.fovea.traffic.truth.ReportedTruths;
import dev.fovea.traffic.truth.TruthReceipt;
import dev.fovea.traffic.truth.Truths;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@code bench/run truth}: a CSV file with true labels of 100,000 logged predictions, until all are joined. */
final class TruthBench {

    private static final int ROWS = 100_000;
    private static final int BATCH = 5_000;
    private static final double BAR_SECONDS = 10;

    private TruthBench() {}

    public static void main(String[] arguments) throws IOException {
        BenchReport.machine();
        try (TemporaryDirectory directory = TemporaryDirectory.create();
                Home home = Home.open(HomeSettings.in(directory.path().resolve("home")), "bench")) {
            Registry registry = new Registry(home.models(), Clock.systemUTC());
            var _ = registry.register(
                    new Registration(
                            "fabric",
                            "classification",
                            "ab".repeat(32),
                            List.of("hole", "none"),
                            "",
                            new Lineage("d1", "", Map.of(), "bench", "bench", 1),
                            new Registration.Quality(Map.of(), "{}"),
                            new Registration.NetworkSize(1, 1)),
                    "bench");
            log(home);
            Path csv = csv(directory);
            try (StoredPredictions predictions = home.production().traffic().predictions()) {
                Truths truths = new Truths(registry, home.production().truths(), predictions);
                long start = System.nanoTime();
                TruthReceipt receipt = add(truths, csv);
                double seconds = (System.nanoTime() - start) / 1e9;
                BenchReport.say("%,d rows: %,d joined, %,d waiting"
                        .formatted(receipt.received(), receipt.joined(), receipt.waiting()));
                BenchReport.maximum("truth for 100,000 predictions by CSV", seconds, BAR_SECONDS, " s");
                Set<String> requests =
                        IntStream.range(0, ROWS).mapToObj(i -> "request-" + i).collect(Collectors.toSet());
                long lookup = System.nanoTime();
                predictions.find("fabric", requests, row -> {});
                BenchReport.say(
                        "of this, finding the predictions: about %.2f s".formatted((System.nanoTime() - lookup) / 1e9));
                long again = System.nanoTime();
                TruthReceipt repeated = add(truths, csv);
                BenchReport.say("the same file again: %,d repeated in %.2f s"
                        .formatted(repeated.repeated(), (System.nanoTime() - again) / 1e9));
            }
        }
        BenchReport.machine();
    }

    private static TruthReceipt add(Truths truths, Path csv) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(csv)) {
            return truths.add("fabric", ReportedTruths.read(reader, false, Instant.now()), false);
        }
    }

    private static Path csv(TemporaryDirectory directory) throws IOException {
        Path csv = directory.path().resolve("truth.csv");
        try (BufferedWriter writer = Files.newBufferedWriter(csv)) {
            writer.write("request_id,label\n");
            for (int i = 0; i < ROWS; i++) {
                writer.write("request-%d,%s%n".formatted(i, i % 10 == 0 ? "none" : "hole"));
            }
        }
        return csv;
    }

    private static void log(Home home) {
        try (TrafficLog log = home.production()
                .traffic()
                .write(TrafficSettings.DEFAULT, home.production().leases(), Clock.systemUTC())) {
            List<LoggedPrediction> batch = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                batch.add(row(i));
                if (batch.size() == BATCH) {
                    log.append(batch);
                    batch = new ArrayList<>();
                }
            }
        }
    }

    private static LoggedPrediction row(int number) {
        return new LoggedPrediction(
                RequestDetails.of("request-" + number),
                Instant.now().minusSeconds(60),
                new VersionId("fabric", 1),
                "c0ffee",
                new PredictedOutput.TopLabels(
                        List.of(new LoggedLabel("hole", 0.9f), new LoggedLabel("none", 0.1f)), 0.3f),
                new LoggedImage(
                        new ImageHeader(ImageFormat.JPEG, 64, 64, 1, false),
                        new ImageObservation(Optional.empty(), new float[32])),
                new ResponseTimes(new Timings(1, 1, 1, 1, 1), 5),
                new LoggedRouting(
                        "fabric",
                        LoggedRouting.Role.REQUESTED,
                        LoggedRouting.CacheResult.MISS,
                        Optional.empty(),
                        Optional.empty()));
    }
}
