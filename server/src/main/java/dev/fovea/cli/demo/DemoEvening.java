package dev.fovea.cli.demo;

import dev.fovea.monitoring.accuracy.AccuracyReport;
import dev.fovea.monitoring.drift.DriftWords;
import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.VersionId;
import dev.fovea.server.ServingApplication;
import dev.fovea.statistics.Interval;
import dev.fovea.synthetic.Fabric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The light changes: what is said about the images, and about how right the version still is. */
final class DemoEvening {

    private static final Fabric.Conditions EVENING = new Fabric.Conditions(0.7, 1.2, 0.7, 1.6, 40);
    private static final String BRIGHTNESS = "brightness";
    private static final String STEP = "5";
    private static final int LABELS = 40;
    private static final int IMAGES = 240;

    private final ServingApplication application;
    private final DemoWatch watch;
    private final DemoReport report;
    private final Camera camera;

    /** Draws and sends images. */
    interface Camera {
        List<DemoTraffic.Shot> draw(String name, Fabric.Conditions conditions, int count);

        List<DemoTraffic.Response> send(String step, List<DemoTraffic.Shot> shots, int count);
    }

    DemoEvening(ServingApplication application, DemoWatch watch, DemoReport report, Camera camera) {
        this.application = application;
        this.watch = watch;
        this.report = report;
        this.camera = camera;
    }

    void run(String model, List<DemoTraffic.Shot> day) {
        report.say("%n5. Evening: the same cloth in warm, poor light, with the noise of a camera that strains"
                .formatted());
        watch.clear();
        Instant morning = Instant.now();
        List<DemoTraffic.Response> before = camera.send("usual", day, IMAGES);
        VersionId version = new VersionId(model, before.getFirst().version());
        List<DriftAlarm.Finding> byDay = watch.differences(version, before.size());
        List<DemoTraffic.Shot> shots = camera.draw("evening", EVENING, IMAGES);
        watch.clear();
        Instant dusk = Instant.now();
        List<DemoTraffic.Response> after = camera.send("changed", shots, 2 * IMAGES);
        differences(byDay, watch.differences(version, after.size()));
        report.row(
                STEP,
                "confidence",
                String.format(
                        Locale.ROOT,
                        "%.3f by day, %.3f in the evening",
                        DemoTraffic.confidence(before),
                        DemoTraffic.confidence(after)));
        accuracy(application.registry().version(model, version.version()), morning, dusk, after);
    }

    private void differences(List<DriftAlarm.Finding> byDay, List<DriftAlarm.Finding> evening) {
        report.say("  "
                + (evening.isEmpty()
                        ? "The images were not said to differ from the held-out ones."
                        : DriftWords.unlikeHeldOut(evening)));
        if (!byDay.isEmpty()) {
            report.failed("By day, before anything had changed, images were said to differ: "
                    + DriftWords.finding(byDay.getFirst()) + ".");
        }
        Optional<DriftAlarm.Finding> darker = evening.stream()
                .filter(found -> found.name().equals(BRIGHTNESS) && found.after() < found.before())
                .findFirst();
        if (darker.isEmpty()) {
            report.failed("The images of the evening were not said to be darker.");
        }
        String named = Stream.concat(
                        darker.stream(),
                        evening.stream().filter(found -> !found.name().equals(BRIGHTNESS)))
                .limit(2)
                .map(DriftWords::finding)
                .collect(Collectors.joining("; "));
        report.row(STEP, "unlike the held-out images", evening.isEmpty() ? "nothing" : named);
    }

    /** The estimate falls, and labels of random images tell whether it is right. */
    private void accuracy(ModelVersion version, Instant morning, Instant dusk, List<DemoTraffic.Response> evening) {
        try (DemoAccuracy accuracy = new DemoAccuracy(application)) {
            AccuracyReport byDay = accuracy.report(version, morning, dusk);
            report.told(
                    STEP,
                    "accuracy without labels",
                    "by day %s; in the evening %s"
                            .formatted(
                                    DemoAccuracy.estimated(byDay),
                                    DemoAccuracy.estimated(accuracy.report(version, dusk, Instant.now()))));
            List<DemoTraffic.Response> random = new ArrayList<>(evening);
            Collections.shuffle(random, new Random(1)); // the same images in each demo
            accuracy.label(version.name(), random.subList(0, LABELS));
            Optional<Interval> known = DemoAccuracy.known(accuracy.report(version, dusk, Instant.now()));
            if (known.isEmpty()) {
                report.failed("Accuracy is unknown although %d images are labelled.".formatted(LABELS));
                return;
            }
            boolean fell = byDay.estimated()
                    .filter(estimate -> known.get().high() < estimate.accuracy().low())
                    .isPresent();
            report.told(
                    STEP,
                    "with %d labels of the evening".formatted(LABELS),
                    DemoAccuracy.percent(known.get())
                            + (fell ? ": below the interval of the day" : ": too few to show that it fell"));
        }
    }
}
