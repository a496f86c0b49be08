package dev.fovea.datasets.catalog;

import java.time.Instant;

/**
 * A recorded annotation. It is never changed; a later one may replace it.
 *
 * @param id number in this home, ascending
 * @param content what was recorded
 * @param made when
 * @param inForce whether it is the label of the image
 */
public record ItemAnnotation(long id, NewAnnotation content, Instant made, boolean inForce) {}
