package dev.fovea.labels.priority;

/**
 * Why an image comes next.
 *
 * @param image its id
 * @param priority uncertainty × (1 + ln seen) × novelty²
 * @param uncertainty of the model, in [0, 1]; 1 where there is no model
 * @param novelty distance to the nearest image that is labelled or comes before it, between directions of embeddings,
 *     in [0, 2]; 1 for the first image of all
 * @param seen how often it came in
 */
public record ImagePriority(String image, double priority, double uncertainty, double novelty, long seen) {}
