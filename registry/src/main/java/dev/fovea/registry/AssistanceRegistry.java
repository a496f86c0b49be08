package dev.fovea.registry;

import dev.fovea.registry.AuditEntry.Action;
import java.util.Optional;

/** Declares and ends cascades and fallbacks, each with an entry in the audit trail; see {@link Assistance}. */
public final class AssistanceRegistry {

    private final Registry registry;

    AssistanceRegistry(Registry registry) {
        this.registry = registry;
    }

    /** Declares the larger model for unsure predictions; the caller validates that the two fit together. */
    public RegisteredModel cascade(String name, Cascade cascade, String who, String reason) {
        ChangeAuthor author = registry.author(who, reason);
        return registry.change(
                name,
                before -> author.made(
                        before.assistedBy(before.assistance().with(Optional.of(cascade))),
                        Action.CASCADE,
                        0,
                        "to %s below %s".formatted(cascade.larger(), cascade.threshold())));
    }

    /** Ends a cascade; where there is none, nothing changes. */
    public RegisteredModel endCascade(String name, String who, String reason) {
        ChangeAuthor author = registry.author(who, reason);
        return registry.change(
                name,
                before -> before.assistance()
                        .cascade()
                        .map(cascade -> author.made(
                                before.assistedBy(before.assistance().with(Optional.empty())),
                                Action.END_CASCADE,
                                0,
                                "was to %s below %s".formatted(cascade.larger(), cascade.threshold())))
                        .orElse(new Change.Kept(before)));
    }

    /** Declares the fallback for a failing model; the caller validates that the two fit together. */
    public RegisteredModel fallback(String name, Fallback fallback, String who, String reason) {
        ChangeAuthor author = registry.author(who, reason);
        return registry.change(
                name,
                before -> author.made(
                        before.assistedBy(before.assistance().withFallback(Optional.of(fallback))),
                        Action.FALLBACK,
                        0,
                        "to " + fallback));
    }

    /** Ends a fallback; where there is none, nothing changes. */
    public RegisteredModel endFallback(String name, String who, String reason) {
        ChangeAuthor author = registry.author(who, reason);
        return registry.change(
                name,
                before -> before.assistance()
                        .fallback()
                        .map(fallback -> author.made(
                                before.assistedBy(before.assistance().withFallback(Optional.empty())),
                                Action.END_FALLBACK,
                                0,
                                "was to " + fallback))
                        .orElse(new Change.Kept(before)));
    }
}
