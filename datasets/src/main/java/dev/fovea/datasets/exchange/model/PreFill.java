package dev.fovea.datasets.exchange.model;

import dev.fovea.datasets.annotation.AnnotationValue;

/**
 * What a model predicted, shown to the person who annotates.
 *
 * @param model its name and version as the other tool states them; may be empty
 */
public record PreFill(AnnotationValue value, String model) {}
