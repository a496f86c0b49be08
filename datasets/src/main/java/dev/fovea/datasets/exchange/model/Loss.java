package dev.fovea.datasets.exchange.model;

/**
 * Something that the data says and the format cannot.
 *
 * @param feature that is lost
 * @param count of images, objects or classes that have it
 * @param example the first of them: an image or a class
 * @param consequence what is written instead, a sentence
 */
public record Loss(ExchangeFeature feature, long count, String example, String consequence) {

    /** The loss as a sentence or two. */
    public String sentence(ExchangeFormat format) {
        return "%s cannot say %s (%,d, first %s). %s"
                .formatted(format.title(), feature.words(), count, example, consequence);
    }
}
