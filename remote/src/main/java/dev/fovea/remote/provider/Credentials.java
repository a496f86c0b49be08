package dev.fovea.remote.provider;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What proves who is asking. It comes from configuration and from nowhere else: no environment, no files in a home
 * directory, no metadata service. Its text form hides it, and {@link ErrorText} takes it out of what services say.
 */
public sealed interface Credentials {

    /** All that must never be shown. */
    List<String> secrets();

    /** Credentials that are one word. */
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
     * An access token (RFC 6750). It is not renewed here: where it expires, open the model anew with the next one.
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
     * @param secretAccessKey what requests are signed with; it is never sent
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

    /** Refuses what cannot stand in a header, without showing it. */
    private static void requireWord(String word, String name) {
        ConfigurationCheck.configured(
                !word.isEmpty() && word.chars().allMatch(c -> c > ' ' && c < 127),
                "The %s is empty or holds a space, a line break or a letter that no key has. Check how it was copied.",
                name);
    }
}
