package dev.fovea.cli.demo;

import dev.fovea.cli.learn.Int8;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.config.ProgramVersion;
import dev.fovea.config.Settings;
import dev.fovea.datasets.FabricDataset;
import dev.fovea.datasets.IngestReport;
import dev.fovea.evaluation.classification.Comparison;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.JobWork;
import dev.fovea.pipeline.ModelTraining;
import dev.fovea.pipeline.quantization.ModelQuantization;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Rollback;
import dev.fovea.rollout.RolloutText;
import dev.fovea.rollout.StagedRollout;
import dev.fovea.server.FoveaServer;
import dev.fovea.synthetic.Fabric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The seven steps of {@code fovea demo}, all on the real program: its pipeline, its server over HTTP, its registry. */
final class Demo implements AutoCloseable {

    private static final String MODEL = "fabric";
    private static final String WHO = "demo";
    private static final Duration FIRST_BUDGET = Duration.ofSeconds(18);
    private static final Duration SECOND_BUDGET = Duration.ofSeconds(55);
    /** A busy or slow machine takes longer instead of learning too little. */
    private static final int FIRST_MIN_EPOCHS = 15;

    private static final int SECOND_MIN_EPOCHS = 20;

    private final Terminal terminal;
    private final FoveaServer server;
    private final DemoTraffic traffic;
    private final DemoWatch watch;
    private final DemoTraining training;
    private final Path folder;
    private final DemoReport report;
    private final long start = System.nanoTime();

    Demo(Settings settings, Terminal terminal) {
        this.terminal = terminal;
        this.report = new DemoReport(terminal);
        this.server = FoveaServer.start(settings);
        this.traffic = new DemoTraffic(server.address(), MODEL);
        this.watch = new DemoWatch(server.application());
        this.folder = settings.home().resolve("fabric-images");
        this.training = new DemoTraining(server.application(), MODEL, folder, terminal);
    }

    String address() {
        return server.address();
    }

    /** What the demo is meant to show and did not; empty when all went well. */
    List<String> run() {
        terminal.say(
                "Fovea %s. The console is at %s while this runs.%n".formatted(ProgramVersion.current(), address()));
        draw();
        ModelTraining.TrainingResult first = firstVersion();
        List<DemoTraffic.Shot> day = shots("day", Fabric.Conditions.USUAL, 240);
        ModelVersion promoted = promoted(first, day);
        new DemoEvening(server.application(), watch, report, camera()).run(MODEL, day);
        rollback(day);
        report.row("7", "all of it", String.format(Locale.ROOT, "%.0f s", (System.nanoTime() - start) / 1e9));
        terminal.say("%n7. What happened (model %s; version %d was promoted over version %d)%n%n%s%n%nConsole: %s"
                .formatted(MODEL, promoted.number(), first.version().number(), report, address()));
        List<String> failures = report.failures();
        if (!failures.isEmpty()) {
            terminal.say("%nThe demo FAILED to show what it is meant to:%n  - %s%n%s"
                    .formatted(
                            String.join("%n  - ".formatted(), failures),
                            "Run it again on a machine that does nothing else at the time: fovea demo"));
        }
        return failures;
    }

    private void draw() {
        terminal.say("1. Drawing fabric: none, hole, tear, with a few planted faults");
        FabricDataset.Planted planted = DemoTraining.draw(folder, terminal);
        report.row(
                "1",
                "images drawn",
                "540, planted: %d corrupt, %d misnamed, %d duplicates, %d near duplicates, 1 in both splits"
                        .formatted(
                                planted.corrupt().size(),
                                planted.wrongExtension().size(),
                                planted.exactDuplicates().size(),
                                planted.nearDuplicates().size()));
    }

    private ModelTraining.TrainingResult firstVersion() {
        terminal.say("%n2. Ingesting, and 3. training, evaluating, registering and serving version 1".formatted());
        ModelTraining.TrainingResult result =
                training.train("small", FIRST_BUDGET, FIRST_MIN_EPOCHS, false).result();
        IngestReport images = result.report();
        report.row(
                "2",
                "faults found",
                "%d corrupt, %d misnamed, %d groups of duplicates, %d of near duplicates, %d across splits; %d of %d kept"
                        .formatted(
                                images.files().refused().size(),
                                images.files().wrongExtensions().size(),
                                images.duplicates().exact().size(),
                                images.duplicates().near().size(),
                                images.duplicates().leaks().size(),
                                images.counts().kept(),
                                images.counts().files()));
        report.row("3", "version 1", DemoTraining.figures(result));
        report.row("3", "verdict", result.verdict().headline());
        if (!result.promotion().promoted()) {
            terminal.say("  Promoted all the same, so that there is something to serve.");
            report.failed("Version 1 is not good enough to be promoted. "
                    + result.verdict().headline());
            server.application().releases().promote(MODEL, result.version().number(), WHO, "something to serve");
        }
        return result;
    }

    /** A larger version, as integers where that wins. */
    private ModelVersion promoted(ModelTraining.TrainingResult first, List<DemoTraffic.Shot> day) {
        terminal.say(
                "%n4. Training the larger version 2, making it INT8, in shadow, promoting by evidence".formatted());
        JobWork.Trained trained = training.train("medium", SECOND_BUDGET, SECOND_MIN_EPOCHS, true);
        ModelTraining.TrainingResult second = trained.result();
        report.row("4", "version 2", DemoTraining.figures(second));
        Optional<ModelQuantization.VersionQuantization> int8 = trained.int8();
        String integers = int8.map(Int8::sentence).orElse("INT8 was not tried.");
        terminal.say("  " + integers);
        report.row("4", "INT8", integers);
        ModelVersion candidate = int8.filter(ModelQuantization.VersionQuantization::isShown)
                .flatMap(ModelQuantization.VersionQuantization::version)
                .orElse(second.version());
        String which = DemoTraining.versions(second.version(), int8, candidate);
        terminal.say("  " + which);
        report.row("4", "versions", which);
        Comparison comparison = Comparison.of(first.scored(), second.scored());
        report.told("4", "compared 2 with 1", comparison.sentence());
        if (comparison.verdict() == Comparison.Verdict.WORSE) {
            report.failed("The larger network is worse than the small one. " + comparison.sentence());
        }
        promote(candidate, day);
        return candidate;
    }

    private void promote(ModelVersion candidate, List<DemoTraffic.Shot> day) {
        AtomicInteger sent = new AtomicInteger();
        DemoRollout steps = new DemoRollout(
                server.application(),
                candidate.id(),
                WHO,
                count -> sent.addAndGet(send("day", day, count).size()));
        String shadow = steps.shadow();
        report.told("4", "in shadow", shadow);
        sent.set(0);
        StagedRollout rollout = steps.rollout("the shadow agrees");
        String result = "%s, after %d requests".formatted(RolloutText.state(rollout), sent.get());
        report.told("4", "rollout", result);
        if (!DemoRollout.isPromoted(rollout)) {
            report.failed("The rollout did not promote version %d: %s"
                    .formatted(candidate.number(), RolloutText.state(rollout)));
            server.application().releases().promote(MODEL, candidate.number(), WHO, "something to roll back");
        }
    }

    private void rollback(List<DemoTraffic.Shot> day) {
        terminal.say("%n6. Rolling back while requests keep coming".formatted());
        CountDownLatch underWay = new CountDownLatch(100);
        CompletableFuture<List<DemoTraffic.Response>> responses =
                CompletableFuture.supplyAsync(() -> send("rollback", day, 600, underWay::countDown));
        await(underWay);
        long call = System.nanoTime();
        Rollback rollback = server.application().releases().rollback(MODEL, WHO, "confidence fell in the evening");
        double took = (System.nanoTime() - call) / 1e6;
        List<DemoTraffic.Response> all = responses.join();
        double last = all.stream()
                .filter(response -> response.version() == rollback.from())
                .mapToDouble(response -> (response.at() - call) / 1e6)
                .max()
                .orElse(0);
        long failed = all.stream().filter(response -> response.status() != 200).count();
        if (failed > 0) {
            report.failed("%d of %d requests failed during the rollback.".formatted(failed, all.size()));
        }
        report.row(
                "6",
                "rollback",
                String.format(
                        Locale.ROOT,
                        "version %d → %d in %.1f ms; last response by version %d after %.1f ms; %d of %d requests failed",
                        rollback.from(),
                        rollback.to(),
                        took,
                        rollback.from(),
                        Math.max(0, last),
                        failed,
                        all.size()));
        terminal.say(String.format(
                Locale.ROOT,
                "  Version %d responds again %.1f ms after the call.",
                rollback.to(),
                Math.max(took, last)));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The demo was stopped.", e);
        }
    }

    private DemoEvening.Camera camera() {
        return new DemoEvening.Camera() {
            @Override
            public List<DemoTraffic.Shot> draw(String name, Fabric.Conditions conditions, int count) {
                return shots(name, conditions, count);
            }

            @Override
            public List<DemoTraffic.Response> send(String step, List<DemoTraffic.Shot> shots, int count) {
                return Demo.this.send(step, shots, count);
            }
        };
    }

    private List<DemoTraffic.Response> send(String step, List<DemoTraffic.Shot> shots, int count) {
        return send(step, shots, count, () -> {});
    }

    private List<DemoTraffic.Response> send(String step, List<DemoTraffic.Shot> shots, int count, Runnable each) {
        AtomicInteger progress = new AtomicInteger();
        return traffic.send(shots, count, () -> {
            int done = progress.incrementAndGet();
            terminal.progress(step, (double) done / count, Optional.empty(), done + " of " + count + " requests");
            each.run();
        });
    }

    private List<DemoTraffic.Shot> shots(String name, Fabric.Conditions conditions, int count) {
        terminal.progress(name, 0, Optional.empty(), "drawing " + count + " new images");
        return traffic.draw(count, 77_000_000, conditions);
    }

    @Override
    public void close() {
        traffic.close();
        server.close();
    }
}
