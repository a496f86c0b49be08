package dev.fovea.labels.queue;

import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.tree.ContentHash;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The queue, its leases and votes. Implementations are thread-safe; each call is one transaction. */
public interface LabelStore {

    /**
     * Who wants images.
     *
     * @param dataset its id
     * @param annotator who
     * @param draws one for each image
     * @param settings of the data set
     * @param now leases that expired before are void
     * @param expires end of the new leases
     * @param alike whether the images are to look like the first one, by {@link LookAlikes}
     */
    record LeaseRequest(
            long dataset,
            String annotator,
            List<LeaseDraw> draws,
            LabellingSettings settings,
            Instant now,
            Instant expires,
            boolean alike) {
        public LeaseRequest {
            draws = List.copyOf(draws);
        }
    }

    /** The settings of a data set; the defaults when none were stored. */
    LabellingSettings settings(long dataset);

    /** Stores settings. */
    void store(long dataset, LabellingSettings settings);

    /** Leases up to as many images as there are draws. */
    List<LabelLease> lease(LeaseRequest request);

    /** Stores the predictions of leases. */
    void suggest(Map<String, PrefillOffer> suggestions);

    /**
     * Extends leases; expired ones too, unless enough others have or had the image since.
     *
     * @param perImage of the settings; a pilot has its own number
     * @return those that were extended
     */
    List<String> renew(long dataset, Collection<String> leases, int perImage, Instant now, Instant expires);

    /** Ends leases without annotation; returns how many of them were open. */
    int giveBack(long dataset, Collection<String> leases);

    /**
     * Records an annotation as a vote, ends its lease and decides the label. The same client id again returns the first
     * record and decides again.
     *
     * @param lease its lease; an unknown one counts as none
     * @param perImage of the settings
     */
    ItemAnnotation record(
            long dataset,
            ContentHash image,
            NewAnnotation annotation,
            Optional<String> lease,
            int perImage,
            Instant now,
            Settlement.VotingRule rule);

    /**
     * Withdraws votes, such as those deleted in another tool: they count no more, and labels that rest on them are
     * decided again. An image without other votes gets the label back that it was imported with, or none. The rows of
     * the annotations stay.
     *
     * @param origin start of their client ids, up to a space
     * @param perImage of the settings
     * @return number of votes
     */
    int withdraw(long dataset, String origin, int perImage, Settlement.VotingRule rule);

    /** Records a reviewer's decision: it is in force, and votes do not change it any more. */
    ItemAnnotation decide(long dataset, ContentHash image, NewAnnotation annotation);

    /** Decides the labels of some images again, as after a new fit of the consensus; returns what changed. */
    SettledImages settle(long dataset, Collection<ContentHash> images, int perImage, Settlement.VotingRule rule);

    /** Makes images honeypots, or ordinary ones again where the value is empty. */
    void honeypots(long dataset, Map<ContentHash, Optional<AnnotationValue>> known);

    /** The honeypots of a data set. */
    Map<ContentHash, AnnotationValue> honeypots(long dataset);

    /** Scores of unlabelled images: those of the highest score come first in the order {@link QueueOrder#UNCERTAIN}. */
    void score(long dataset, Map<ContentHash, QueueScore> scores);

    /** Puts images in the queue again for one person more than labelled them so far; one that was done again stays. */
    int again(long dataset, Collection<ContentHash> images, ChoiceReason reason, int perImage);

    /** Puts images that nobody labelled before all others; returns how many wait for a label. */
    int first(long dataset, Collection<ContentHash> images, ChoiceReason reason);

    /** All votes of a data set, those of one image together. */
    List<Vote> votes(long dataset);

    /** The votes of one person, the oldest first. */
    List<Vote> votes(long dataset, String person);

    /** The votes on an image, the oldest first. */
    List<Vote> votes(long dataset, ContentHash image);

    /**
     * Images about which people disagree and nobody decided, in the order of their ids.
     *
     * @param after id of the last item of the page before; 0 for the first page
     */
    List<Disputed> disputed(long dataset, long after, int size);

    /** What is to be labelled of a data set, where each image is labelled by {@code perImage} people. */
    LabelDemand demand(long dataset, int perImage, Instant now);

    /** How many labels are needed; the default when nothing was declared. */
    LabelNeed need(long dataset);

    /** Declares how many labels are needed. */
    void need(long dataset, LabelNeed need);

    /**
     * An image about which people disagree.
     *
     * @param item its id
     * @param image its hash
     * @param confidence of the consensus in force
     */
    record Disputed(long item, ContentHash image, double confidence) {}
}
