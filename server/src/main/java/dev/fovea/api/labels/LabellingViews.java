package dev.fovea.api.labels;

import dev.fovea.api.data.ItemViews;
import dev.fovea.api.data.Required;
import dev.fovea.api.data.ValueViews;
import dev.fovea.datasets.annotation.AnnotationJson;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.edge.Caller;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.json.Json;
import dev.fovea.labels.queue.ChoiceReason;
import dev.fovea.labels.queue.ConsensusMethod;
import dev.fovea.labels.queue.LabelLease;
import dev.fovea.labels.queue.LabellingSettings;
import dev.fovea.labels.queue.LeaseWish;
import dev.fovea.labels.queue.PrefillOffer;
import dev.fovea.labels.queue.QueueOrder;
import dev.fovea.labels.queue.QueueScore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What the API shows of the labelling queue; field names become snake_case. */
public final class LabellingViews {

    private LabellingViews() {}

    /** How a data set is labelled. */
    @Schema(name = "LabellingSettings")
    public record SettingsView(
            @Schema(description = "How many people label an image, 1 to 20; applies to images without a label")
            Integer perImage,

            @Schema(
                    allowableValues = {"random", "uncertain"},
                    description = "random: an unbiased sample; uncertain: images of high score first, then random")
            String order,

            @Schema(description = "Share of images whose label is known, to measure people, 0 to 1")
            Double honeypotShare,

            @Schema(description = "Share of images whose prediction is not shown, to measure anchoring, 0 to 1")
            Double hidePrefillShare,

            @Schema(description = "Model whose predictions are filled in: NAME, NAME:VERSION or remote:NAME")
            Optional<String> prefillModel,

            @Schema(description = "Accuracy below which a person's labels are done again, 0 to 1")
            Optional<Double> minSkill,

            @Schema(
                    allowableValues = {"auto", "majority", "dawid-skene", "difficulty"},
                    description =
                            "How several votes on a whole image become one label. auto, the default: Dawid–Skene where the votes tell the people apart, else majority. Another one decides all labels again")
            Optional<String> consensus) {

        static SettingsView of(LabellingSettings settings) {
            return new SettingsView(
                    settings.perImage(),
                    Json.word(settings.order()),
                    settings.honeypotShare(),
                    settings.hidePrefillShare(),
                    settings.prefillModel(),
                    settings.minSkill(),
                    Optional.of(settings.consensus().toString()));
        }

        LabellingSettings settings() {
            return new LabellingSettings(
                    Required.field("per_image", perImage),
                    order(Required.field("order", order)),
                    Required.field("honeypot_share", honeypotShare),
                    Required.field("hide_prefill_share", hidePrefillShare),
                    Required.optional(prefillModel),
                    Required.optional(minSkill),
                    Required.optional(consensus).map(ConsensusMethod::named).orElse(ConsensusMethod.AUTO));
        }

        private static QueueOrder order(String word) {
            return Arrays.stream(QueueOrder.values())
                    .filter(order -> Json.word(order).equals(word))
                    .findFirst()
                    .orElseThrow(() -> new FoveaException(
                            ErrorCode.ARGUMENT_INVALID,
                            "\"order\" is \"%s\"; it must be random or uncertain.".formatted(Printable.brief(word))));
        }
    }

    /** Who wants images. */
    @Schema(name = "NewLeases")
    public record NewLeases(
            @Schema(description = "The name of the person; may be left out where the API key has a name")
            Optional<String> annotator,

            @Schema(description = "Images, 1 to 100") Integer count,

            @Schema(description = SECONDS) Optional<Integer> seconds,

            @Schema(description = "Whether the images are to look like the first of them, to label them at once")
            Optional<Boolean> alike,

            @Schema(description = "Leases that end before, such as those of a page that was closed")
            Optional<List<String>> ended) {

        LeaseWish wish(Caller caller) {
            return new LeaseWish(
                    caller.annotator(Required.optional(annotator)),
                    Required.field("count", count),
                    time(seconds),
                    Required.optional(alike).orElse(false),
                    Required.optional(ended).orElse(List.of()));
        }
    }

    private static final String SECONDS = "How long, 10 to 3600; 600 unless stated";

    private static Duration time(Optional<Integer> seconds) {
        return Required.optional(seconds).map(Duration::ofSeconds).orElse(LeaseWish.USUAL);
    }

    /** Leases to extend. */
    @Schema(name = "LeaseRenewal")
    public record LeaseRenewal(
            List<String> leases,

            @Schema(description = SECONDS) Optional<Integer> seconds) {

        Duration time() {
            return LabellingViews.time(seconds);
        }
    }

    /** Leases that were extended. */
    @Schema(name = "RenewedLeases")
    public record RenewedLeases(
            @Schema(description = "When each of them ends") Map<String, Instant> expires) {

        static RenewedLeases of(Map<String, Instant> expires) {
            return new RenewedLeases(expires);
        }
    }

    /** Leases to end. */
    @Schema(name = "LeaseReturn")
    public record LeaseReturn(List<String> leases) {}

    /** Images for an annotator. */
    @Schema(name = "LeaseList")
    public record LeaseList(
            @Schema(description = "Fewer than requested when the queue has fewer")
            List<LeaseView> leases) {

        static LeaseList of(List<LabelLease> leases, LabellingSettings settings) {
            // a honeypot without the words of the others would stand out
            Optional<String> other =
                    leases.stream().flatMap(lease -> lease.detail().stream()).findAny();
            return new LeaseList(leases.stream()
                    .map(lease -> LeaseView.of(
                            lease,
                            settings,
                            lease.reason() == ChoiceReason.HONEYPOT && settings.order() == QueueOrder.UNCERTAIN
                                    ? other
                                    : lease.detail()))
                    .toList());
        }
    }

    /** An image that an annotator has for a while. */
    @Schema(name = "Lease")
    public record LeaseView(
            @Schema(description = "Its id; send it with the annotation")
            String lease,

            @Schema(description = "When others may get the image")
            Instant expires,

            ItemViews.ItemView item,

            @Schema(description = "The prediction to fill in; null without a model, and when it is to be hidden")
            Optional<ItemViews.PrefillView> prefill,

            boolean prefillHidden,

            @Schema(
                    allowableValues = {
                        "random",
                        "uncertain",
                        "alike",
                        "disagreement",
                        "rework",
                        "pilot",
                        "planned",
                        "shadow"
                    },
                    description = "Why this image. A honeypot does not say that it is one")
            String reason,

            @Schema(description = "The reason in more words, such as \"unsure 0.81, seen 14 times\"; null without")
            Optional<String> detail) {

        static LeaseView of(LabelLease lease, LabellingSettings settings, Optional<String> detail) {
            ChoiceReason shown = lease.reason() != ChoiceReason.HONEYPOT
                    ? lease.reason()
                    : settings.order() == QueueOrder.UNCERTAIN ? ChoiceReason.UNCERTAIN : ChoiceReason.RANDOM;
            return new LeaseView(
                    lease.id(),
                    lease.expires(),
                    ItemViews.ItemView.unlabelled(lease.item()),
                    lease.suggestion()
                            .filter(suggestion -> !suggestion.hidden())
                            .map(PrefillOffer::prefill)
                            .map(ItemViews.PrefillView::of),
                    lease.prefillHidden(),
                    Json.word(shown),
                    detail);
        }
    }

    /** Images of known label. */
    @Schema(name = "HoneypotList")
    public record HoneypotList(List<HoneypotView> honeypots) {

        static HoneypotList of(Map<ContentHash, AnnotationValue> known) {
            return new HoneypotList(known.entrySet().stream()
                    .map(entry -> new HoneypotView(entry.getKey().toString(), ItemViews.tree(entry.getValue())))
                    .toList());
        }
    }

    /** An image of known label. */
    @Schema(name = "Honeypot")
    public record HoneypotView(
            String hash,

            @Schema(implementation = ValueViews.ValueView.class)
            JsonNode value) {}

    /** Honeypots to add. */
    @Schema(name = "NewHoneypots")
    public record NewHoneypots(
            @Schema(description = "Who knows the labels; may be left out where the API key has a name")
            Optional<String> annotator,

            @Schema(description = "Their values become the labels in force")
            List<HoneypotView> honeypots) {

        Map<ContentHash, AnnotationValue> known() {
            Map<ContentHash, AnnotationValue> known = new LinkedHashMap<>();
            for (HoneypotView each : Required.field("honeypots", honeypots)) {
                known.put(
                        dev.fovea.api.data.DatasetsController.hash(Required.field("hash", each.hash())),
                        AnnotationJson.read(
                                Required.field("value", each.value()).toString(), "value"));
            }
            return known;
        }
    }

    /** Images of the queue. */
    @Schema(name = "LabelScores")
    public record ScoreMap(
            @Schema(description = "Scores by hash, in the order uncertain the highest first")
            Map<String, Double> scores) {

        Map<ContentHash, QueueScore> byImage() {
            return Required.field("scores", scores).entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> dev.fovea.api.data.DatasetsController.hash(entry.getKey()),
                            entry -> QueueScore.of(Required.field(entry.getKey(), entry.getValue()))));
        }
    }
}
