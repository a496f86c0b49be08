package dev.fovea.pipeline.advice;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;

/**
 * What is known of a team and its task.
 *
 * @param images at hand
 * @param classes to tell apart, 2 at least
 * @param team who works on it
 * @param deadlineDays until it must work
 * @param privacy where images may go
 * @param accuracy that is needed, above 0 and below 1
 * @param place where the model runs
 * @param volume images in a month
 */
public record Situation(
        ImagesAtHand images,
        int classes,
        TeamSkill team,
        int deadlineDays,
        ImagePrivacy privacy,
        double accuracy,
        RunPlace place,
        long volume) {

    private static final long MOST = 10_000_000_000L;

    public Situation {
        require(classes >= 2, "classes", classes, "2 or more");
        require(deadlineDays >= 1, "deadline-days", deadlineDays, "1 or more");
        require(accuracy > 0 && accuracy < 1, "accuracy", accuracy, "above 0 and below 1");
        require(volume >= 1 && volume <= MOST, "volume", volume, "from 1 to 10,000,000,000 a month");
    }

    static void require(boolean holds, String field, Object value, String range) {
        if (!holds) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "%s is %s; it must be %s.".formatted(field, value, range));
        }
    }

    /**
     * Images at hand.
     *
     * @param count in all
     * @param labelled of them
     */
    public record ImagesAtHand(
            @JsonPropertyDescription("Images at hand") int count,
            @JsonPropertyDescription("Of these with labels") int labelled) {
        public ImagesAtHand {
            require(count >= 0, "images", count, "0 or more");
            require(labelled >= 0 && labelled <= count, "labelled", labelled, "from 0 to the images, " + count);
        }
    }

    /** Who works on it. */
    public enum TeamSkill {
        /** People who can call an API. */
        DEVELOPERS,
        /** Developers who have run models in production. */
        OPERATORS,
        /** People who have trained models. */
        MODELLERS;

        @JsonValue
        public String word() {
            return Json.word(this);
        }
    }

    /** Where images may go. */
    public enum ImagePrivacy {
        /** To any service. */
        PUBLIC,
        /** To a service with a contract. */
        CONTRACT,
        /** Nowhere. */
        INTERNAL;

        @JsonValue
        public String word() {
            return Json.word(this);
        }
    }

    /** Where the model runs. */
    public enum RunPlace {
        CLOUD,
        OWN_SERVERS,
        /** A device with a network. */
        DEVICE,
        /** Without a network. */
        OFFLINE;

        @JsonValue
        public String word() {
            return Json.word(this);
        }
    }
}
