package dev.fovea.traffic.truth;

import dev.fovea.traffic.LoggedPrediction;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/** Port: the logged predictions of a model. */
public interface PredictionLookup {

    /** Gives each prediction of the model's versions for one of these requests, in any order. */
    void find(String model, Set<String> requests, Consumer<LoggedPrediction> each);

    /** Gives the predictions from a time to before another, in the order of their time. */
    void between(String model, Instant from, Instant to, Consumer<LoggedPrediction> each);
}
