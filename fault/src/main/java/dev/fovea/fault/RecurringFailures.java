package dev.fovea.fault;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A {@link RecurringFailure} for each of several subjects, such as models: two of them that keep failing in turn are
 * each news once. Thread-safe.
 */
public final class RecurringFailures {

    private final Map<String, RecurringFailure> bySubject = new ConcurrentHashMap<>();

    /** Whether a failure of a subject is news: its first one, or one with another message than its last. */
    public boolean begins(String subject, Throwable failure) {
        return bySubject
                .computeIfAbsent(subject, absent -> new RecurringFailure())
                .begins(failure);
    }

    /** Whether a subject's last try failed. */
    public boolean lasts(String subject) {
        RecurringFailure failure = bySubject.get(subject);
        return failure != null && failure.lasts();
    }

    /** The message of the failure that ends with this success; empty when the subject's last try succeeded, too. */
    public Optional<String> ends(String subject) {
        return Optional.ofNullable(bySubject.get(subject)).flatMap(RecurringFailure::ends);
    }
}
