package dev.fovea.datasets;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.quality.PerceptualHash;
import dev.fovea.json.Json;

/** A image list as JSON; reading verifies the id, unless images were forgotten. */
public final class DatasetVersionJson {

    /** Writes a hash as its digits, since imaging does not depend on JSON. */
    private abstract static class AsDigits {

        @JsonCreator
        static PerceptualHash parse(String hex) {
            return PerceptualHash.parse(hex);
        }

        @Override
        @JsonValue
        public abstract String toString();
    }

    private static final Json JSON = Json.of("version", ErrorCode.DATASET_INVALID)
            .with(mapper -> mapper.addMixIn(PerceptualHash.class, AsDigits.class));

    private DatasetVersionJson() {}

    /** One line of JSON that {@link #read} turns into an equal version. */
    public static String write(DatasetVersion version) {
        return JSON.write(version);
    }

    /** Reads a version; {@code DATASET_INVALID} when it is not one, or was changed after it was written. */
    public static DatasetVersion read(String json) {
        DatasetVersion stated = parsed(json);
        DatasetVersion version = DatasetVersion.of(stated.items());
        boolean changed = stated.forgotten().isEmpty()
                ? !version.equals(stated)
                : !version.items().equals(stated.items());
        if (changed) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "The image list %s was changed: its content has the id %s. Ingest the folder again."
                            .formatted(stated.id(), version.id()));
        }
        return stated;
    }

    private static DatasetVersion parsed(String json) {
        try {
            return JSON.read(json, DatasetVersion.class);
        } catch (FoveaException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "The image list is damaged: %s Train on its folder again.".formatted(e.getMessage()),
                    e);
        }
    }
}
