package dev.fovea.bench.drift;

import dev.fovea.bench.BenchReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * {@code bench/run drift [quiet|power] [STRETCHES]}: false alarms of drift detection in simulated traffic that does not
 * change, and how often and how soon changes of real images are found.
 */
public final class DriftBench {

    private static final double[] RATES = {20, 100, 1000};
    private static final int STRETCHES = 1000;
    private static final int RUNS = 50;
    private static final double LEAST = 0.5;

    private DriftBench() {}

    /** @param arguments {@code quiet} or {@code power} (default: both), then the number of stretches of all rows */
    public static void main(String[] arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(arguments));
        boolean quiet = words.remove("quiet");
        boolean power = words.remove("power");
        int stretches = words.isEmpty() ? STRETCHES : Integer.parseInt(words.getFirst());
        BenchReport.machine();
        if (quiet || !power) {
            quiet(stretches);
        }
        if (power || !quiet) {
            power(Math.max(5, RUNS * stretches / STRETCHES));
        }
        BenchReport.machine();
        System.exit(0); // a served model leaves threads behind
    }

    /** Classifier and detector in turn, so that each kind of traffic has both. */
    private static void quiet(int stretches) throws IOException, InterruptedException, ExecutionException {
        Map<String, ImagePool> pools = new LinkedHashMap<>();
        for (BenchModel model : List.of(BenchModel.BLOOMS, BenchModel.STREET)) {
            model.images().ifPresent(images -> pools.put(model.label(), images.pool(PixelChange.NONE)));
        }
        if (pools.isEmpty()) {
            pools.put("drawn", DrawnPool.pool());
        }
        int rows = pools.size() * RATES.length * TrafficPattern.values().length;
        QuietStretches table = new QuietStretches(Math.max(1, Math.ceilDiv(stretches, rows)));
        BenchReport.say("%nfalse alarms without a change".formatted());
        for (Map.Entry<String, ImagePool> pool : pools.entrySet()) {
            for (double rate : RATES) {
                for (TrafficPattern pattern : TrafficPattern.values()) {
                    table.row(pool.getKey(), pool.getValue(), pattern, rate);
                }
            }
        }
        BenchReport.minimum("false alarms, all rows", table.ratio(), LEAST, " × declared");
        BenchReport.maximum("false alarms, all rows", table.ratio(), 1, " × declared");
    }

    private static void power(int runs) throws IOException, InterruptedException {
        PowerTable table = new PowerTable(runs);
        WindowTable windows = new WindowTable(runs);
        for (BenchModel model : List.of(
                BenchModel.FLOWERS, BenchModel.STEEL, BenchModel.SURFACES, BenchModel.BLOOMS, BenchModel.PHOTOGRAPHS)) {
            Optional<ServedImages> images = model.images();
            if (images.isPresent()) {
                for (TrafficPattern pattern : List.of(TrafficPattern.INDEPENDENT, TrafficPattern.RHYTHM_AND_SESSIONS)) {
                    table.rows(model, images.get(), pattern);
                    windows.rows(images.get(), pattern);
                }
            }
        }
    }
}
