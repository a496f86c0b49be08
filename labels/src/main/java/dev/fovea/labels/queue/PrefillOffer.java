package dev.fovea.labels.queue;

import dev.fovea.datasets.catalog.NewAnnotation.Prefill;

/**
 * A prediction for an image that was leased.
 *
 * @param prefill the prediction and its model
 * @param hidden whether the annotator did not see it
 */
public record PrefillOffer(Prefill prefill, boolean hidden) {}
