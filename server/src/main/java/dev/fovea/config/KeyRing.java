package dev.fovea.config;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Map;

/** Keys and other secrets, from environment variables that {@code remotes.json} and {@code alerts.json} name. */
public record KeyRing(Map<String, String> environment) {

    /**
     * The key in a variable.
     *
     * @param field where the variable is named, for the message
     */
    public String key(String field, String variable) {
        String key = environment.getOrDefault(variable, "").strip();
        if (key.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "%s names the environment variable %s, which is not set. Set it and start again."
                            .formatted(field, variable));
        }
        return key;
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "KeyRing[hidden]";
    }
}
