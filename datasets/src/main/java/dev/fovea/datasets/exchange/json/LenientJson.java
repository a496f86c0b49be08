package dev.fovea.datasets.exchange.json;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as other tools write it: numbers may be {@code NaN}, which readers report at their object. */
final class LenientJson {

    static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build());

    private LenientJson() {}

    /** Reads one file or a part of it. */
    interface Reading<T> {
        T read(JsonParser parser);
    }

    /** Reads a file; {@code DATASET_INVALID} with file and line when it is damaged. */
    static <T> T read(Path file, Reading<T> reading) {
        try (JsonParser parser = MAPPER.createParser(file)) {
            return reading.read(parser);
        } catch (JacksonException e) {
            throw damaged(file, e);
        }
    }

    static FoveaException damaged(Path file, JacksonException e) {
        return new FoveaException(
                ErrorCode.DATASET_INVALID,
                "%s is damaged: it is not JSON %s. Export the annotations again. Nothing was imported."
                        .formatted(file, Json.place(e)),
                e);
    }

    static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.DATASET_INVALID, message);
    }
}
