package dev.fovea.traffic.reference;

import dev.fovea.model.Bundle;
import java.util.List;
import java.util.Optional;

/**
 * Held-out images through the serving path of a version, made when it was registered and kept in its bundle.
 *
 * @param heldOut the number of held-out images that there were
 * @param failed how many of those that were predicted failed
 * @param withoutEmbedding why the rows have no embedding, as the end of a sentence that begins with "because"; empty
 *     where they have one
 * @param rows {@value #MIN_IMAGES} to {@value #MAX_IMAGES}, in an order that says nothing
 */
public record Reference(int heldOut, int failed, Optional<String> withoutEmbedding, List<ReferenceRow> rows) {

    /** The file of a bundle that holds it. */
    public static final String FILE = Bundle.REFERENCE;

    /** The metric of a version that counts its rows. */
    public static final String METRIC = "reference_images";

    /**
     * Fewer are no reference: among so many, the most unusual image has a rank of 2 %, and the 95 % interval of a share
     * of one half is ±14 points.
     */
    public static final int MIN_IMAGES = 50;

    /** More images are sampled evenly. */
    public static final int MAX_IMAGES = 2000;

    public Reference {
        rows = List.copyOf(rows);
        if (rows.size() < MIN_IMAGES || rows.size() > MAX_IMAGES || failed < 0 || heldOut < rows.size()) {
            throw new IllegalArgumentException(
                    "a reference of %d rows of %d images, of which %d failed".formatted(rows.size(), heldOut, failed));
        }
    }

    /**
     * The reference of a bundle; empty for one that was registered without enough held-out images, or by an earlier
     * program.
     *
     * @throws dev.fovea.fault.FoveaException {@code BUNDLE_CORRUPT} when it is damaged; the version serves all the same
     */
    public static Optional<Reference> of(Bundle bundle) {
        return bundle.attachment(FILE).map(ReferenceCodec::read);
    }
}
