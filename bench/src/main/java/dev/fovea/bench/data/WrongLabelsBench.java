package dev.fovea.bench.data;

import dev.fovea.bench.BenchReport;
import dev.fovea.labels.wrong.GivenLabel;
import dev.fovea.labels.wrong.SuspectLabel;
import dev.fovea.labels.wrong.WrongLabelReport;
import dev.fovea.labels.wrong.WrongLabels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * 5 % of the labels are made wrong, uniformly; the ranking of {@link WrongLabels} is compared with that of cleanlab on
 * the same embeddings: precision among as many as were planted, recall among twice as many. flowers5 has wrong labels
 * of its own, which count against both.
 */
final class WrongLabelsBench {

    private static final double SHARE = 0.05;

    private final EmbeddedSet set;
    private final Optional<CleanlabPeer> peer;
    private final SeedFigures precision = new SeedFigures("precision at as many as planted");
    private final SeedFigures recall = new SeedFigures("recall at twice as many");
    private final SeedFigures peerPrecision = new SeedFigures("cleanlab: precision at as many as planted");
    private final SeedFigures peerRecall = new SeedFigures("cleanlab: recall at twice as many");
    private final SeedFigures named = new SeedFigures("cleanlab: share of find_label_issues that is planted");
    private final SeedFigures namedRecall = new SeedFigures("cleanlab: share of planted in find_label_issues");
    private final SeedFigures confident = new SeedFigures("share of confident suspects that is planted");
    private final SeedFigures confidentRecall = new SeedFigures("share of planted among confident suspects");
    private final SeedFigures estimate = new SeedFigures("estimated share of wrong labels (planted: 0.05)");
    private final SeedFigures halved =
            new SeedFigures("share of planted found after the review that should halve them");
    private final SeedFigures seconds = new SeedFigures("seconds");

    private WrongLabelsBench(EmbeddedSet set, Optional<CleanlabPeer> peer) {
        this.set = set;
        this.peer = peer;
    }

    static void run() throws IOException, InterruptedException {
        Optional<CleanlabPeer> peer = CleanlabPeer.find();
        Optional<EmbeddedSet> neu = EmbeddedSet.neu();
        if (neu.isPresent()) {
            new WrongLabelsBench(neu.get(), peer).measure();
        }
        Optional<EmbeddedSet> flowers = EmbeddedSet.flowers();
        if (flowers.isPresent()) {
            new WrongLabelsBench(flowers.get(), peer).measure();
        }
    }

    private void measure() throws IOException, InterruptedException {
        for (int seed = 0; seed < SeedFigures.SEEDS; seed++) {
            measure(seed);
        }
        BenchReport.say("%s: planted %.0f %%, mean of %d seeds and 95 %% interval"
                .formatted(set.name(), 100 * SHARE, SeedFigures.SEEDS));
        List.of(precision, recall, confident, confidentRecall, estimate, halved, seconds)
                .forEach(SeedFigures::say);
        if (peer.isPresent()) {
            List.of(peerPrecision, peerRecall, named, namedRecall).forEach(SeedFigures::say);
            BenchReport.minimum(
                    set.name() + ": precision above cleanlab's", precision.mean() - peerPrecision.mean(), 0, "");
            BenchReport.minimum(set.name() + ": recall above cleanlab's", recall.mean() - peerRecall.mean(), 0, "");
        }
    }

    private void measure(int seed) throws IOException, InterruptedException {
        Set<Integer> planted = new HashSet<>();
        int[] labels = planted(seed, planted);
        List<GivenLabel> given = IntStream.range(0, labels.length)
                .mapToObj(i -> new GivenLabel(String.valueOf(i), set.classes().get(labels[i])))
                .toList();
        long start = System.nanoTime();
        WrongLabelReport report = new WrongLabels(seed).find(given, set.features());
        seconds.add((System.nanoTime() - start) / 1e9);
        List<Integer> ranking = report.suspects().stream()
                .map(each -> Integer.valueOf(each.image()))
                .toList();
        precision.add(hits(ranking, planted.size(), planted) / (double) planted.size());
        recall.add(hits(ranking, 2 * planted.size(), planted) / (double) planted.size());
        List<Integer> sure = report.suspects().stream()
                .filter(SuspectLabel::confident)
                .map(each -> Integer.valueOf(each.image()))
                .toList();
        confident.add(hits(sure, sure.size(), planted) / (double) Math.max(1, sure.size()));
        confidentRecall.add(hits(sure, sure.size(), planted) / (double) planted.size());
        estimate.add(report.share().value());
        halved.add(hits(ranking, report.reviewToHalve(), planted) / (double) planted.size());
        if (peer.isPresent()) {
            comparePeer(peer.get(), seed, labels, planted);
        }
    }

    private void comparePeer(CleanlabPeer cleanlab, int seed, int[] labels, Set<Integer> planted)
            throws IOException, InterruptedException {
        CleanlabPeer.Found found =
                cleanlab.run(set.features(), labels, set.classes().size(), seed);
        if (seed == 0) {
            BenchReport.say("  " + found.versions());
        }
        List<Integer> ranking = IntStream.range(0, labels.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> found.fit()[i]))
                .toList();
        peerPrecision.add(hits(ranking, planted.size(), planted) / (double) planted.size());
        peerRecall.add(hits(ranking, 2 * planted.size(), planted) / (double) planted.size());
        List<Integer> issues = IntStream.of(found.issues()).boxed().toList();
        named.add(hits(issues, issues.size(), planted) / (double) Math.max(1, issues.size()));
        namedRecall.add(hits(issues, issues.size(), planted) / (double) planted.size());
    }

    /** Labels with 5 % of them changed to another class; the changed ones are added to the set. */
    private int[] planted(int seed, Set<Integer> planted) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] labels = set.labels().clone();
        List<Integer> order = new ArrayList<>();
        while (planted.size() < Math.round(SHARE * labels.length)) {
            int item = random.nextInt(labels.length);
            if (planted.add(item)) {
                order.add(item);
            }
        }
        int classes = set.classes().size();
        for (int item : order) {
            labels[item] = (labels[item] + 1 + random.nextInt(classes - 1)) % classes;
        }
        return labels;
    }

    private static long hits(List<Integer> ranking, int count, Set<Integer> planted) {
        return ranking.stream().limit(count).filter(planted::contains).count();
    }
}
