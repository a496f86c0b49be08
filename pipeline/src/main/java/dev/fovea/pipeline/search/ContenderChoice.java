package dev.fovea.pipeline.search;

import dev.fovea.pipeline.bar.BarCondition;
import dev.fovea.pipeline.bar.BarMeasure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which candidates go on from the sample to all images: those that no smaller and faster one beats, around the place
 * where the bar begins to be cleared. With more images candidates become better, so that more are taken below that
 * place than above it. A sample cannot tell good candidates from very good ones, so that more follow while none clears
 * the bar: the best on the sample, of equal ones the smallest. Pure.
 */
final class ContenderChoice {

    /** Each more widens all intervals a little. */
    static final int MAX = 10;

    private static final int FRONT = 7;
    private static final int BELOW = 4;

    private ContenderChoice() {}

    /** The candidates, the most promising first. */
    static Chosen of(List<SampledCandidate> all, List<BarCondition> sizes) {
        List<SampledCandidate> front = all.stream()
                .filter(candidate -> fits(candidate, sizes))
                .filter(candidate -> all.stream().noneMatch(candidate::isBeatenBy))
                .sorted(Comparator.comparingLong(SampledCandidate::parameters)
                        .thenComparingInt(one -> one.candidate().edge())
                        .thenComparing(one -> one.candidate().name()))
                .toList();
        if (front.isEmpty()) {
            return new Chosen(List.of(), 0);
        }
        List<SampledCandidate> best = front.stream()
                .sorted(Comparator.comparingDouble(SampledCandidate::margin).reversed())
                .toList();
        int first = IntStream.range(0, front.size())
                .filter(i -> front.get(i).margin() >= 0)
                .findFirst()
                .orElse(-1);
        Set<SampledCandidate> chosen = new LinkedHashSet<>();
        if (first < 0) {
            chosen.addAll(best.subList(0, Math.min(FRONT, best.size())));
        } else {
            chosen.add(front.get(first));
            chosen.add(best.getFirst());
            List<SampledCandidate> below = new ArrayList<>(front.subList(0, first));
            below.sort(Comparator.comparingDouble(SampledCandidate::margin).reversed());
            chosen.addAll(below.subList(0, Math.min(BELOW, below.size())));
            chosen.addAll(front.subList(first, Math.min(front.size(), first + FRONT - chosen.size())));
        }
        int promising = chosen.size();
        all.stream()
                .filter(candidate -> fits(candidate, sizes))
                .sorted(Comparator.comparingDouble(SampledCandidate::margin)
                        .reversed()
                        .thenComparingLong(SampledCandidate::parameters)
                        .thenComparing(one -> one.candidate().name()))
                .filter(candidate -> !chosen.contains(candidate))
                .limit(MAX - promising)
                .forEach(chosen::add);
        return new Chosen(List.copyOf(chosen), promising);
    }

    /**
     * Which candidates go on.
     *
     * @param candidates the most promising first
     * @param promising so many of them are judged in any case, the others while none clears the bar
     */
    record Chosen(List<SampledCandidate> candidates, int promising) {}

    /** INT8 has a byte for each number. */
    private static boolean fits(SampledCandidate candidate, List<BarCondition> sizes) {
        return sizes.stream()
                .filter(condition -> condition.measure() == BarMeasure.SIZE)
                .allMatch(condition -> condition.isMet((double) candidate.parameters()));
    }
}
