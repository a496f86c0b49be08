package dev.fovea.bench.traffic;

import dev.fovea.bench.BenchConnection;
import dev.fovea.bench.BenchReport;
import dev.fovea.bench.BenchSeries;
import dev.fovea.bench.ClosedLoop;
import dev.fovea.bench.Launcher;
import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.registry.Registration;
import dev.fovea.registry.Registry;
import dev.fovea.storage.Home;
import dev.fovea.synthetic.Fabric;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code bench/run versions [RESPONSES]}: resident size of a server that watches 50 versions, after a hundredth, a
 * tenth and all of so many responses, 100,000 without a number. Each version is a model with a reference, a policy for
 * images and objectives.
 */
final class ManyVersionsBench {

    private static final int VERSIONS = 50;
    private static final int CLOTHS = 60;
    private static final int CLIENTS = 4;
    private static final int RESPONSES = 100_000;
    private static final int LOOKS = 15;
    private static final int LOOK_MS = 500;
    private static final double BAR_GROWTH = 1.05;
    private static final String KEEP = "{\"random\": 5, \"uncertain\": 5, \"days\": 30, \"max_bytes\": 100000000}";
    private static final String OBJECTIVES =
            "{\"objectives\": [{\"indicator\": \"availability\", \"target\": 99.9}, {\"indicator\": \"p95\", \"target\": 50}]}";

    private final Launcher.Server server;
    private final List<byte[]> images;
    private final AtomicInteger sent = new AtomicInteger();

    private ManyVersionsBench(Launcher.Server server, List<byte[]> images) {
        this.server = server;
        this.images = images;
    }

    public static void main(String[] arguments) throws Exception {
        int responses = arguments.length == 0 ? RESPONSES : Integer.parseInt(arguments[0]);
        try (TemporaryDirectory home = TemporaryDirectory.create()) {
            List<byte[]> images = new ArrayList<>();
            Path folder = draw(home.path().resolve("images"), images);
            Launcher launcher = new Launcher(home.path(), Launcher.MEASURING);
            launcher.run(
                    "train",
                    folder.toString(),
                    "--name",
                    name(1),
                    "--edge",
                    "32",
                    "--epochs",
                    "5",
                    "--no-int8",
                    "--promote",
                    "always");
            register(home.path());
            BenchReport.machine();
            try (Launcher.Server server = launcher.serve();
                    BenchConnection connection = new BenchConnection(server.port())) {
                for (int version = 1; version <= VERSIONS; version++) {
                    put(connection, name(version) + "/traffic/keep", KEEP);
                    put(connection, name(version) + "/objectives", OBJECTIVES);
                }
                new ManyVersionsBench(server, images).run(responses);
            }
            BenchReport.machine();
        }
    }

    private static String name(int version) {
        return "model-" + version;
    }

    /** A folder per class. */
    private static Path draw(Path folder, List<byte[]> images) throws IOException {
        for (FabricClass kind : FabricClass.values()) {
            Path label = Files.createDirectories(folder.resolve(kind.label()));
            for (int cloth = 0; cloth < CLOTHS; cloth++) {
                byte[] image = Fabric.jpeg(kind, cloth, Fabric.Conditions.USUAL);
                Files.write(label.resolve(cloth + ".jpg"), image);
                images.add(image);
            }
        }
        return folder;
    }

    /** The trained version under further names. */
    private static void register(Path directory) {
        try (Home home = Home.open(directory, "bench")) {
            Registry registry = new Registry(home.models(), Clock.systemUTC());
            Registration trained = registry.version(name(1), 1).registration();
            for (int version = 2; version <= VERSIONS; version++) {
                var _ = registry.register(
                        new Registration(
                                name(version),
                                trained.task(),
                                trained.bundleId(),
                                trained.labels(),
                                trained.note(),
                                trained.lineage(),
                                trained.quality(),
                                trained.size()),
                        "bench");
                var _ = registry.promote(name(version), 1, "bench", "");
            }
        }
    }

    private static void put(BenchConnection connection, String path, String body) throws IOException {
        var _ = connection
                .put("/v1/models/" + path, "application/json", body.getBytes(StandardCharsets.UTF_8))
                .successful();
    }

    private void run(int responses) throws Exception {
        List<BenchSeries> sizes = new ArrayList<>();
        for (int mark : List.of(responses / 100, responses / 10, responses)) {
            ClosedLoop.LoopFigures figures =
                    new ClosedLoop(server.port(), CLIENTS, this::ask).run(server.tree(), images, mark - sent.get());
            BenchReport.say("%,d responses, %.0f/s".formatted(sent.get(), figures.perSecond()));
            sizes.add(resident("%,d responses".formatted(mark)));
        }
        BenchReport.table(
                "resident size with %d versions".formatted(VERSIONS), "MB", sizes.get(1), sizes.get(0), sizes.get(2));
        BenchReport.maximum(
                "resident size, last against a tenth of the responses",
                sizes.get(2).ratioTo(sizes.get(1)),
                BAR_GROWTH,
                "×");
    }

    private void ask(BenchConnection connection, byte[] image) throws IOException {
        int number = sent.getAndIncrement();
        byte[] request = BenchConnection.posting(
                "/v1/models/%s/predict".formatted(name(1 + number % VERSIONS)),
                Map.of("Content-Type", "image/jpeg", "X-Fovea-Tag", "line=%d".formatted(number % 7)),
                image);
        var _ = connection.send(request).successful();
    }

    /** The heap shrinks and native memory is given back some seconds after the last request. */
    private BenchSeries resident(String name) throws IOException, InterruptedException {
        BenchSeries series = new BenchSeries(name);
        for (int look = 0; look < LOOKS; look++) {
            Thread.sleep(LOOK_MS);
            series.add(server.tree().residentMegabytes());
        }
        return series;
    }
}
