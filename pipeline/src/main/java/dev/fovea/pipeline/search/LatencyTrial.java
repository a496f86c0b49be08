package dev.fovea.pipeline.search;

import dev.fovea.model.Bundle;
import dev.fovea.pipeline.bar.MeasuredLatency;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.pipeline.jobs.UnregisteredBundle;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.session.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Measures how long one image takes on this machine, from its bytes to its prediction, on the serving path. All
 * candidates are loaded and take turns in random order, so that a machine that slows down favours nobody.
 */
final class LatencyTrial {

    private static final int IMAGES = 16;
    private static final int WARM_UP = 5;
    private static final int MIN_RUNS = 20;
    private static final int MAX_RUNS = 400;
    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final JobTools tools;
    private final SearchImages images;
    private final SearchClock clock;
    private final long seed;

    LatencyTrial(JobTools tools, SearchImages images, SearchClock clock, long seed) {
        this.tools = tools;
        this.images = images;
        this.clock = clock;
        this.seed = seed;
    }

    /** The same contenders with what was measured. */
    List<JudgedCandidate> measured(List<JudgedCandidate> contenders, double untilShare) {
        List<byte[]> files = images.sample(IMAGES, seed).learning().stream()
                .limit(IMAGES)
                .map(image -> CandidateModel.read(image.sample().image()))
                .toList();
        List<LoadedModel> models = new ArrayList<>();
        try (ScratchDirectory directory = new ScratchDirectory(tools.scratch())) {
            for (JudgedCandidate contender : contenders) {
                models.add(loaded(contender, directory, models.size()));
            }
            return measured(contenders, models, files, untilShare);
        } finally {
            models.forEach(LoadedModel::close);
        }
    }

    private LoadedModel loaded(JudgedCandidate contender, ScratchDirectory directory, int number) {
        Bundle bundle = UnregisteredBundle.write(
                directory.resolve("candidate-" + number),
                images.labels(),
                contender.contract(),
                contender.classifier(),
                tools.origin());
        return LoadedModel.load(
                tools.engine(), bundle, RuntimeSettings.forThisMachine().unobserved(), tools.workers(), () -> {});
    }

    private List<JudgedCandidate> measured(
            List<JudgedCandidate> contenders, List<LoadedModel> models, List<byte[]> files, double untilShare) {
        List<List<Long>> nanos = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            nanos.add(new ArrayList<>());
            order.add(i);
        }
        Random random = new Random(seed);
        for (int run = -WARM_UP; run < MAX_RUNS; run++) {
            if (run > MIN_RUNS && clock.isPast(untilShare)) {
                break;
            }
            clock.at("timing %d candidates, round %d".formatted(models.size(), Math.max(1, run + 1)));
            Collections.shuffle(order, random);
            byte[] file = files.get(Math.floorMod(run, files.size()));
            for (int model : order) {
                long start = System.nanoTime();
                models.get(model).predict(file, Deadline.in(LIMIT));
                if (run >= 0) {
                    nanos.get(model).add(System.nanoTime() - start);
                }
            }
        }
        List<JudgedCandidate> timed = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            long[] sorted = nanos.get(i).stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            timed.add(contenders
                    .get(i)
                    .with(new MeasuredLatency(millis(sorted, MEDIAN), millis(sorted, TAIL), sorted.length)));
        }
        return timed;
    }

    private static double millis(long[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))] / 1e6;
    }
}
