package dev.fovea.api.traffic;

import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.retention.ImageOrigin;
import dev.fovea.traffic.retention.KeepPolicy;
import dev.fovea.traffic.retention.KeepReason;
import dev.fovea.traffic.retention.KeepTotals;
import dev.fovea.traffic.retention.KeptImage;
import dev.fovea.traffic.retention.Retention;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the API shows of the images that are kept of traffic. */
public final class KeepViews {

    private KeepViews() {}

    /**
     * Which images are kept.
     *
     * @param random images per day (UTC) of an unbiased sample
     * @param uncertain images per day with the least certain predictions
     * @param novel images per day that are least like the reference
     * @param maxBytes of all kept images
     * @param days after which they are removed
     * @param dataset the data set that they come into
     */
    @Schema(name = "KeepPolicy")
    public record PolicyView(int random, int uncertain, int novel, long maxBytes, int days, String dataset) {

        /** The view of a policy. */
        public static PolicyView of(KeepPolicy policy) {
            return new PolicyView(
                    policy.perDay(KeepReason.RANDOM),
                    policy.perDay(KeepReason.UNCERTAIN),
                    policy.perDay(KeepReason.NOVEL),
                    policy.maxBytes(),
                    policy.days(),
                    policy.dataset());
        }
    }

    /**
     * A policy to set; what is left out is 0 images, 10 GB, 30 days and the model's own data set.
     *
     * @param random images per day (UTC) of an unbiased sample
     * @param uncertain images per day with the least certain predictions
     * @param novel images per day that are least like the reference
     * @param maxBytes of all kept images
     * @param days after which they are removed
     * @param dataset the data set that they come into
     */
    @Schema(name = "KeepRequest")
    public record KeepOrder(
            @Nullable Integer random,
            @Nullable Integer uncertain,
            @Nullable Integer novel,
            @Nullable Long maxBytes,
            @Nullable Integer days,
            @Nullable String dataset) {

        /** The policy; an empty data set stands for the model's own one. */
        public KeepPolicy policy(String model) {
            return new KeepPolicy(
                    model,
                    dataset == null ? "" : dataset,
                    Retention.perDay(
                            random == null ? 0 : random, uncertain == null ? 0 : uncertain, novel == null ? 0 : novel),
                    maxBytes == null ? KeepPolicy.USUAL_BYTES : maxBytes,
                    days == null ? KeepPolicy.USUAL_DAYS : days);
        }
    }

    /**
     * What is kept of a model's images.
     *
     * @param policy null without one: nothing is kept
     * @param images kept for how many requests
     * @param bytes of those that expire
     * @param waiting images that were chosen and are not in their data set yet
     * @param open days that are not over
     * @param problem what keeps images from being kept in this server, with the remedy
     */
    @Schema(name = "KeepState")
    public record KeepView(
            Optional<PolicyView> policy,
            long images,
            long bytes,
            long waiting,
            List<OpenView> open,
            Optional<String> problem) {}

    /**
     * A day, or a part of one, whose images are not chosen yet.
     *
     * @param part 1, unless the day was closed before its end
     * @param seen images that may be kept
     * @param staged those that would be kept by now, and some that may be given up
     * @param lost images that could not be stored
     */
    @Schema(name = "KeepDay")
    public record OpenView(String day, int part, long seen, long staged, long lost) {}

    /** What there is, in a view. */
    public static KeepView of(Optional<KeepPolicy> policy, KeepTotals totals, Optional<String> problem) {
        return new KeepView(
                policy.map(PolicyView::of),
                totals.images(),
                totals.bytes(),
                totals.waiting(),
                totals.open().stream()
                        .map(open -> new OpenView(
                                open.part().day().toString(),
                                open.part().number(),
                                open.counts().seen(),
                                open.staged(),
                                open.counts().lost()))
                        .toList(),
                problem);
    }

    /**
     * What closing the current day came to.
     *
     * @param kept images that were brought to the data set
     * @param refused images that it refused, as one that was forgotten
     */
    @Schema(name = "KeptNow")
    public record ClosedView(int kept, int refused) {}

    /** Kept images, the newest first. */
    @Schema(name = "KeptImages")
    public record KeptPage(List<KeptView> images) {}

    /**
     * An image that is kept, and the request that it came with.
     *
     * @param time of the response
     * @param version that predicted
     * @param labels that were predicted, best first
     * @param kept why, and where
     */
    @Schema(name = "KeptImage")
    public record KeptView(
            String requestId,
            String time,
            String model,
            int version,
            List<LoggedViews.ScoreView> labels,
            KeptReasonView kept) {

        /** The view of an image. */
        public static KeptView of(KeptImage image) {
            ImageOrigin origin = image.origin();
            return new KeptView(
                    origin.request(),
                    origin.time().toString(),
                    origin.version().model(),
                    origin.version().version(),
                    origin.labels().stream().map(KeptView::score).toList(),
                    KeptReasonView.of(image));
        }

        private static LoggedViews.ScoreView score(LoggedLabel label) {
            return new LoggedViews.ScoreView(label.label(), Optional.of((double) label.score()));
        }
    }

    /**
     * Why an image is kept, and where.
     *
     * @param reasons random, uncertain, novel, or different for one that a version in shadow predicts otherwise
     * @param probability with which the random sample chose it; an estimate weighs it by 1 divided by this
     * @param dataset the data set that has it
     * @param hash by which the data set knows it
     * @param expires the day on which it is removed; null for one that stays
     */
    @Schema(name = "KeptReason")
    public record KeptReasonView(
            List<String> reasons, Optional<Double> probability, String dataset, String hash, Optional<String> expires) {

        static KeptReasonView of(KeptImage image) {
            return new KeptReasonView(
                    image.reasons().stream().map(KeepReason::word).toList(),
                    image.probability(),
                    image.file().dataset(),
                    image.file().hash(),
                    image.file().expires().map(Object::toString));
        }
    }
}
