package dev.fovea.traffic.retention;

import dev.fovea.traffic.retention.KeepStore.StagedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What this server took in of a part of a day and has not stored yet. Guarded by {@link ImageRetention}. */
final class KeepIntake {

    /** Candidates above twice those that are kept before some are given up. */
    private static final int SLACK = 16;

    private final KeepPolicy policy;
    private KeepBars bars;
    private PartCounts counts = PartCounts.NONE;
    private List<StagedImage> waiting = new ArrayList<>();
    private boolean passedOver;
    private long stagedImages;
    private long stagedBytes;

    /** What is to be stored. */
    record Unsaved(KeepPart part, PartCounts counts, List<StagedImage> images, boolean passedOver) {}

    KeepIntake(KeepPolicy policy, OpenPart open) {
        this.policy = policy;
        this.bars = new KeepBars(open);
        follow(open);
    }

    KeepPolicy policy() {
        return policy;
    }

    KeepPart part() {
        return bars.part();
    }

    /** Goes on with what is stored. */
    void follow(OpenPart open) {
        bars = new KeepBars(open);
        stagedImages = open.staged().size();
        stagedBytes = open.staged().stream().mapToLong(KeepCandidate::bytes).sum();
        waiting.forEach(image -> bars.offer(image.candidate().keys()));
    }

    /** The keys by which an image may be kept, which are remembered. */
    Map<KeepReason, Double> offer(Map<KeepReason, Double> keys) {
        counts = counts.plus(new PartCounts(1, 0));
        Map<KeepReason, Double> good = bars.offer(keys);
        passedOver |= good.isEmpty();
        return good;
    }

    void add(StagedImage image) {
        waiting.add(image);
    }

    /** An image cannot be stored: others can take its place. */
    void lose(StagedImage image) {
        counts = counts.plus(new PartCounts(0, 1));
        bars.withdraw(image.candidate().keys());
    }

    /** Counts that could not be stored wait for the next time. */
    void restore(PartCounts unsaved) {
        counts = counts.plus(unsaved);
    }

    Unsaved take() {
        List<StagedImage> images = waiting.stream()
                .map(image -> new StagedImage(
                        image.candidate().in(part(), image.candidate().keys()), image.file()))
                .toList();
        Unsaved unsaved = new Unsaved(part(), counts, images, passedOver);
        counts = PartCounts.NONE;
        waiting = new ArrayList<>();
        passedOver = false;
        return unsaved;
    }

    /** Notes what was stored; returns whether candidates should be given up. */
    boolean stored(List<StagedImage> images) {
        stagedImages += images.size();
        stagedBytes += images.stream().mapToLong(image -> image.file().length).sum();
        long wanted =
                policy.perDay().values().stream().mapToLong(count -> count).sum();
        return stagedImages > 2 * wanted + SLACK || stagedBytes > policy.maxBytes();
    }
}
