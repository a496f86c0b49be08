package dev.fovea.remote.protocol;

import dev.fovea.remote.provider.ErrorText;
import java.time.Duration;
import java.util.List;

/** One try failed; it never leaves the room. The text is fit to follow "it" in a sentence and ends without a stop. */
public final class AttemptFailed extends RuntimeException {

    private final AttemptProblem problem;
    private final String text;
    private final Duration pause;

    public AttemptFailed(AttemptProblem problem, String text) {
        this(problem, text, Duration.ZERO);
    }

    /** @param pause how long the service asks to be left alone; zero when it does not say */
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
