package dev.fovea.bench.drift;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Windows of 500 images against the first 2,000, by tests of windows: their power, and their alarms in 90 days without
 * a change. Evidently and Alibi Detect get the same numbers where {@code FOVEA_PEER_PYTHON} names a Python that has
 * them.
 */
final class WindowTable {

    private static final int REFERENCE = 2000;
    private static final int WINDOW = 500;
    private static final int DAYS = 90;

    private final int windows;

    /** @param windows of each change, and without one */
    WindowTable(int windows) {
        this.windows = windows;
    }

    void rows(ServedImages images, TrafficPattern pattern) throws IOException, InterruptedException {
        double perStretch = DAYS * PowerTable.PER_DAY / WINDOW;
        SimulatedTraffic quiet = traffic(images, pattern, 0);
        List<double[]> reference = take(quiet, REFERENCE);
        Map<String, List<List<double[]>>> all = new LinkedHashMap<>();
        all.put("none", new ArrayList<>());
        for (int w = 0; w < windows; w++) {
            all.get("none").add(take(quiet, WINDOW));
        }
        for (SimulatedChange change : SimulatedChange.values()) {
            List<List<double[]>> changed = new ArrayList<>();
            for (int w = 0; w < windows; w++) {
                SimulatedTraffic traffic = traffic(images, pattern, 1 + w);
                var _ = take(traffic, 37 * w); // at another hour in each window
                change.happen(traffic, PowerTable.pools(images), images.strangers(), w);
                changed.add(take(traffic, WINDOW));
            }
            all.put(change.label(), changed);
        }
        KolmogorovWindows usual = new KolmogorovWindows(images.coordinates(), reference);
        StringBuilder row = new StringBuilder();
        all.forEach((change, own) -> {
            double share = own.stream().filter(usual::alarms).count() / (double) own.size();
            row.append(
                    change.equals("none")
                            ? "%.0f false alarms in %d days".formatted(share * perStretch, DAYS)
                            : "; %s %.2f".formatted(change, share));
        });
        BenchReport.say("  windows of %d, Kolmogorov–Smirnov with Bonferroni: %s".formatted(WINDOW, row));
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            write(directory.path(), images, reference, all);
            DriftPeers.compare(directory.path(), perStretch);
        }
    }

    private static void write(
            Path folder, ServedImages images, List<double[]> reference, Map<String, List<List<double[]>>> all)
            throws IOException {
        PeerColumns.write(folder.resolve("reference.csv"), images.coordinates(), reference);
        for (Map.Entry<String, List<List<double[]>>> change : all.entrySet()) {
            int number = 0;
            for (List<double[]> window : change.getValue()) {
                PeerColumns.write(
                        folder.resolve("%s-%03d.csv".formatted(change.getKey().replace(' ', '_'), number++)),
                        images.coordinates(),
                        window);
            }
        }
    }

    private static SimulatedTraffic traffic(ServedImages images, TrafficPattern pattern, int seed) {
        return new SimulatedTraffic(
                images.pool(PixelChange.NONE), pattern, PowerTable.PER_DAY, new SplittableRandom(5000 + seed));
    }

    private static List<double[]> take(SimulatedTraffic traffic, int count) {
        List<double[]> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.addAll(traffic.minute());
        }
        return List.copyOf(taken.subList(0, count));
    }
}
