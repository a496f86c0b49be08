package dev.fovea.remote.provider;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The credentials of a service, from configuration only: no environment, no files in a home directory, no metadata
 * service. Their text form hides them, and {@link ErrorText} removes them from messages of services.
 */
public sealed interface Credentials {

    /** Everything that no message may show. */
    List<String> secrets();

    /** Credentials of one word. */
    sealed interface Token extends Credentials {}

    /**
     * A service's own key, which stays valid until it is withdrawn.
     *
     * @param key as the service shows it
     */
    record KeyCredential(String key) implements Token {

        public KeyCredential {
            requireWord(key, "API key");
        }

        @Override
        public List<String> secrets() {
            return List.of(key);
        }

        @Override
        public String toString() {
            return "ApiKey[hidden]";
        }
    }

    /**
     * An access token (RFC 6750). It is not renewed: restart with a new one before it expires.
     *
     * @param token without the word Bearer
     */
    record Bearer(String token) implements Token {

        public Bearer {
            requireWord(token, "access token");
        }

        @Override
        public List<String> secrets() {
            return List.of(token);
        }

        @Override
        public String toString() {
            return "Bearer[hidden]";
        }
    }

    /**
     * An AWS access key.
     *
     * @param accessKeyId as AKIA…
     * @param secretAccessKey signs requests; it is never sent
     * @param sessionToken goes with temporary keys
     */
    record AwsKeys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) implements Credentials {

        public AwsKeys {
            requireWord(accessKeyId, "AWS access key id");
            requireWord(secretAccessKey, "AWS secret access key");
            sessionToken.ifPresent(token -> requireWord(token, "AWS session token"));
        }

        @Override
        public List<String> secrets() {
            return Stream.concat(Stream.of(accessKeyId, secretAccessKey), sessionToken.stream())
                    .toList();
        }

        @Override
        public String toString() {
            return "AwsKeys[hidden]";
        }
    }

    /** Refuses what a header cannot carry, without showing it. */
    private static void requireWord(String word, String name) {
        ConfigurationCheck.configured(
                !word.isEmpty() && word.chars().allMatch(c -> c > ' ' && c < 127),
                "The %s is empty or has a space, a line break or a character outside ASCII. Copy it again.",
                name);
    }
}
