package dev.fovea.config;

import dev.fovea.config.binding.ByteSize;
import dev.fovea.config.binding.Key;
import dev.fovea.traffic.TrafficSettings;
import java.time.Duration;

/** What is kept of traffic. Images are kept by policies of models, not by settings. */
public record PredictionLogSettings(
        @Key(
                value = "true",
                text =
                        "Whether each prediction of an image is logged: labels, scores, measures of the image and times, with the tags and the name of the API key, but no image. See [the prediction log](prediction-log.md).")
        boolean log,

        @Key(
                value = "true",
                text =
                        "Whether images are measured and embedded beside their predictions. Without it, drift of images, accuracy without labels and images unlike the held-out ones are not known.")
        boolean measures,

        @Key(value = "30d", min = "1d", max = "3650d", text = "How long the prediction log keeps a day.")
        Duration retention,

        @Key(
                value = "10GB",
                min = "1MB",
                max = "1000000GB",
                text = "Max size of the prediction log of all models. The oldest days are deleted first.")
        ByteSize maxSize) {

    /** As the prediction log takes it. */
    public TrafficSettings settings() {
        return new TrafficSettings(log, (int) retention.toDays(), maxSize.bytes());
    }
}
