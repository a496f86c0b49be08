package dev.fovea.model.formats;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;
import dev.fovea.model.formats.ImageInput.Steps;
import java.util.function.Supplier;

/** Reads JSON files that other tools wrote; every error names the file. */
final class CarriedJson {

    private CarriedJson() {}

    /** The fields of the object in a text; {@code CONTRACT_INVALID} if it is none. */
    static JsonFields fields(String json, String source) {
        Json file = Json.of(source, ErrorCode.CONTRACT_INVALID);
        return new JsonFields(file.parse(json), source, ErrorCode.CONTRACT_INVALID);
    }

    /** The contract that a source's steps make, or why they make none. */
    static CarriedContract contract(String source, ImageInput input, Supplier<Steps> read) {
        try {
            return new CarriedContract.Expressible(source, input.contract(source, read.get()));
        } catch (Inexpressible e) {
            return new CarriedContract.Unusable(source, e.why);
        } catch (FoveaException e) {
            throw e.getMessage().contains(source)
                    ? e
                    : new FoveaException(e.code(), "%s: %s".formatted(source, e.getMessage()), e);
        }
    }

    /** Ends the reading of preprocessing that no contract can express. */
    static final class Inexpressible extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final String why;

        Inexpressible(String why) {
            super(why, null, false, false);
            this.why = why;
        }
    }
}
