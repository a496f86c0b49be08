package dev.fovea.load;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a server knows its callers by.
 *
 * @param key visible ASCII characters, or empty for servers without authentication; else {@code ARGUMENT_INVALID}
 */
public record ApiKey(Optional<String> key) {

    public ApiKey {
        key.filter(text -> !text.matches("[\\x21-\\x7e]+")).ifPresent(text -> {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The API key of %d characters is empty or has a space or other character that no key has. Check --api-key and FOVEA_API_KEY."
                            .formatted(text.length()));
        });
    }

    /** Some headers with the key's own beside them. */
    Map<String, String> with(Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        key.ifPresent(text -> all.put("Authorization", "Bearer " + text));
        return all;
    }
}
