package dev.fovea.pipeline.advice;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.fovea.json.Json;

/** A way to a model in production. */
public enum Way {
    /** Buy: another company's service answers each image. */
    API("a service's API", "buy"),
    /** Buy: another company builds a model for these images, which runs here. */
    SUPPLIER("a model built by a supplier", "buy"),
    /** Build: a network with learned weights and a head or all weights fitted to one's own images. */
    FINE_TUNE("a pretrained network, fine-tuned", "build"),
    /** Build: a network that learns from one's own images alone. */
    SCRATCH("a network from scratch", "build"),
    /** Both: the own model answers what it is sure of, a service the rest. */
    BLEND("the own model, with a service for the unsure", "both");

    private final String title;
    private final String sourcing;

    Way(String title, String sourcing) {
        this.title = title;
        this.sourcing = sourcing;
    }

    /** In a few words. */
    public String title() {
        return title;
    }

    /** {@code buy}, {@code build} or {@code both}. */
    public String sourcing() {
        return sourcing;
    }

    /** Whether images leave the machines. */
    boolean sendsImages() {
        return switch (this) {
            case API, BLEND -> true;
            case SUPPLIER, FINE_TUNE, SCRATCH -> false;
        };
    }

    /** As it is written in JSON. */
    @JsonValue
    public String word() {
        return Json.word(this);
    }
}
