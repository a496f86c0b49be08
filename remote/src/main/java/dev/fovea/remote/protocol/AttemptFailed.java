package dev.fovea.remote.protocol;

import dev.fovea.remote.provider.ErrorText;
import java.time.Duration;
import java.util.List;

/** One failed attempt; it never leaves the room. The text follows "it" in a sentence and ends without a stop. */
public final class AttemptFailed extends RuntimeException {

    private final AttemptProblem problem;
    private final String text;
    private final Duration pause;

    public AttemptFailed(AttemptProblem problem, String text) {
        this(problem, text, Duration.ZERO);
    }

    /** @param pause the Retry-After of the service; zero without one */
    public AttemptFailed(AttemptProblem problem, String text, Duration pause) {
        super(text);
        this.problem = problem;
        this.text = text;
        this.pause = pause;
    }

    /** The same with a text that is short and free of secrets. */
    public AttemptFailed without(List<String> secrets) {
        return new AttemptFailed(problem, ErrorText.safe(text, secrets), pause);
    }

    public AttemptProblem problem() {
        return problem;
    }

    public String text() {
        return text;
    }

    public Duration pause() {
        return pause;
    }
}
