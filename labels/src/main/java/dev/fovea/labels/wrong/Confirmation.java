package dev.fovea.labels.wrong;

/**
 * What a person decided about a part of a label.
 *
 * @param id chosen by the client; the same one again is recorded once
 * @param annotator who
 * @param part what is right
 */
public record Confirmation(String id, String annotator, ConfirmedPart part) {}
