package dev.fovea.traffic.truth;

import dev.fovea.registry.VersionId;
import dev.fovea.traffic.LoggedPrediction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Port: the logged predictions of a model. */
public interface PredictionLookup {

    /** Gives each prediction of the model's versions for one of these requests, in any order. */
    void find(String model, Set<String> requests, Consumer<LoggedPrediction> each);

    /**
     * Gives responses of a version to requests for it: all those of some requests and of the others a simple random
     * sample, in the order of their times.
     */
    SampledPredictions sample(WantedPredictions wanted, Consumer<LoggedPrediction> each);

    /**
     * Finds who responded last to each key, at its time or before.
     *
     * @param longest how long before at most
     * @return for each key, empty where there is no response
     */
    List<Optional<VersionId>> lastOfKeys(String model, List<KeyAtTime> keys, Duration longest);

    /**
     * Responses of a version from a time to before another.
     *
     * @param always requests whose responses are all wanted
     * @param others how many others are wanted at least, or all
     */
    record WantedPredictions(VersionId version, Instant from, Instant to, Set<String> always, int others) {
        public WantedPredictions {
            always = Set.copyOf(always);
        }
    }

    /**
     * A sample of the others.
     *
     * @param given how many were given
     * @param others how many there are
     */
    record SampledPredictions(long given, long others) {

        /** How many there are of a kind of which so many were given; exact where all were given. */
        public long ofKind(long count) {
            return given == 0 ? 0 : Math.round((double) count * ((double) others / (double) given));
        }
    }

    /** A key at a time; a key is the tag {@code key} of a request, or else the name of its API key. */
    record KeyAtTime(String key, Instant time) {}
}
