package dev.fovea.labels.queue;

/**
 * What chance decided about a lease before an image is chosen.
 *
 * @param id of the lease
 * @param honeypot whether it is to be an image of known label, if there is one that the annotator has not seen
 * @param prefillHidden whether no prediction is shown
 */
public record LeaseDraw(String id, boolean honeypot, boolean prefillHidden) {}
