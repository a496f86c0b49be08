package dev.fovea.labels.queue;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Optional;

/**
 * How a data set is labelled.
 *
 * @param perImage k: how many people label an image, 1 to 20. It applies to images that have no label yet
 * @param order of the images
 * @param honeypotShare share of the leases that are images of known label, 0 to 1
 * @param hidePrefillShare share of the leases whose prediction is not shown, 0 to 1, to measure anchoring
 * @param prefillModel model whose predictions are filled in
 * @param minSkill accuracy below which a person's labels are done again, 0 to 1
 * @param consensus how several votes on a whole image become one label
 */
public record LabellingSettings(
        int perImage,
        QueueOrder order,
        double honeypotShare,
        double hidePrefillShare,
        Optional<String> prefillModel,
        Optional<Double> minSkill,
        ConsensusMethod consensus) {

    /** One person for each image, in random order. */
    public static final LabellingSettings DEFAULT =
            new LabellingSettings(1, QueueOrder.RANDOM, 0, 0, Optional.empty(), Optional.empty(), ConsensusMethod.AUTO);

    private static final int MOST_PER_IMAGE = 20;

    public LabellingSettings {
        require(
                perImage >= 1 && perImage <= MOST_PER_IMAGE,
                "\"per_image\" is %s; it must be from 1 to %d.".formatted(perImage, MOST_PER_IMAGE));
        requireShare("honeypot_share", honeypotShare);
        requireShare("hide_prefill_share", hidePrefillShare);
        minSkill.ifPresent(skill -> requireShare("min_skill", skill));
        prefillModel = prefillModel.map(String::strip).filter(name -> !name.isEmpty());
    }

    /** The same with another consensus. */
    public LabellingSettings with(ConsensusMethod other) {
        return new LabellingSettings(perImage, order, honeypotShare, hidePrefillShare, prefillModel, minSkill, other);
    }

    private static void requireShare(String name, double share) {
        require(share >= 0 && share <= 1, "\"%s\" is %s; it must be from 0 to 1.".formatted(name, share));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new FoveaException(ErrorCode.ARGUMENT_INVALID, message);
        }
    }
}
