package dev.fovea.remote;

import java.time.Duration;
import java.util.List;

/** One try failed; it never leaves the room. The text is fit to follow "it" in a sentence and ends without a stop. */
final class TryFailed extends RuntimeException {

    private final Trouble trouble;
    private final String text;
    private final Duration pause;

    TryFailed(Trouble trouble, String text) {
        this(trouble, text, Duration.ZERO);
    }

    /** @param pause how long the service asks to be left alone; zero when it does not say */
    TryFailed(Trouble trouble, String text, Duration pause) {
        super(text);
        this.trouble = trouble;
        this.text = text;
        this.pause = pause;
    }

    /** The same with a text that is short and free of secrets. */
    TryFailed without(List<String> secrets) {
        return new TryFailed(trouble, ErrorText.safe(text, secrets), pause);
    }

    Trouble trouble() {
        return trouble;
    }

    String text() {
        return text;
    }

    Duration pause() {
        return pause;
    }
}
