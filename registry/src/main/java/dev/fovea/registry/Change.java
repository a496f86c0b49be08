package dev.fovea.registry;

/** What a step in {@link ModelStore#change} decided. */
public sealed interface Change {

    /** The model as it stands after the step. */
    RegisteredModel model();

    /** The model is already in the requested state; nothing is written. */
    record Kept(RegisteredModel model) implements Change {}

    /** The model is to be stored anew, together with the line of the trail that explains it. */
    record Made(RegisteredModel model, AuditEntry entry) implements Change {}
}
