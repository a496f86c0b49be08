package dev.fovea.labels.wrong;

import dev.fovea.datasets.tree.ContentHash;
import java.util.List;
import java.util.Map;

/**
 * The parts of labels that people found right, by image.
 *
 * @param byImage by the image's hash
 */
public record ConfirmedParts(Map<ContentHash, List<ConfirmedPart>> byImage) {

    public ConfirmedParts {
        byImage = Map.copyOf(byImage);
    }

    /** Whether somebody found right what is suspected of a box. */
    public boolean answer(SuspectBox suspect) {
        return of(suspect.image()).stream().anyMatch(part -> part.answers(suspect));
    }

    /**
     * Whether somebody found right that an image has a class, or has it not.
     *
     * @param image its hash
     * @param given whether it is labelled with it
     */
    public boolean answer(String image, String label, boolean given) {
        return of(image).contains(new ConfirmedPart.ClassDecision(label, given));
    }

    private List<ConfirmedPart> of(String image) {
        return byImage.getOrDefault(ContentHash.parse(image), List.of());
    }
}
