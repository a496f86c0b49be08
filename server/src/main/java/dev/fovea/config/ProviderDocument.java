package dev.fovea.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fovea.remote.provider.AwsRekognition;
import dev.fovea.remote.provider.AzureVision;
import dev.fovea.remote.provider.ConfigurationCheck;
import dev.fovea.remote.provider.Credentials;
import dev.fovea.remote.provider.DetectionFeature;
import dev.fovea.remote.provider.GoogleVision;
import dev.fovea.remote.provider.OpenInferenceProvider;
import dev.fovea.remote.provider.Provider;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The {@code provider} of a service in {@code remotes.json}; keys are in the variables that {@code …Env} names. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ProviderDocument.Google.class, name = "google"),
    @JsonSubTypes.Type(value = ProviderDocument.Aws.class, name = "aws"),
    @JsonSubTypes.Type(value = ProviderDocument.Azure.class, name = "azure"),
    @JsonSubTypes.Type(value = ProviderDocument.OpenInference.class, name = "oip")
})
sealed interface ProviderDocument {

    /** With its keys; {@code CONFIGURATION_INVALID} for one that is missing. */
    Provider provider(KeyRing keys);

    record Google(
            Optional<String> endpoint,
            Optional<String> apiKeyEnv,
            Optional<String> tokenEnv,
            Optional<Set<DetectionFeature>> features)
            implements ProviderDocument {

        public Google {
            requireOne(apiKeyEnv, tokenEnv);
        }

        @Override
        public Provider provider(KeyRing keys) {
            return new GoogleVision(
                    endpoint.map(ProviderDocument::address).orElse(GoogleVision.ENDPOINT),
                    token(keys, apiKeyEnv, tokenEnv),
                    features.orElse(Set.of(DetectionFeature.LABELS)));
        }
    }

    record Azure(
            String endpoint,
            Optional<String> apiKeyEnv,
            Optional<String> tokenEnv,
            Optional<Set<DetectionFeature>> features)
            implements ProviderDocument {

        public Azure {
            requireOne(apiKeyEnv, tokenEnv);
        }

        @Override
        public Provider provider(KeyRing keys) {
            return new AzureVision(
                    address(endpoint),
                    token(keys, apiKeyEnv, tokenEnv),
                    features.orElse(Set.of(DetectionFeature.LABELS)));
        }
    }

    record Aws(
            String region,
            Optional<String> endpoint,
            String accessKeyIdEnv,
            String secretAccessKeyEnv,
            Optional<String> sessionTokenEnv)
            implements ProviderDocument {

        @Override
        public Provider provider(KeyRing keys) {
            Credentials.AwsKeys credentials = new Credentials.AwsKeys(
                    keys.key("access_key_id_env", accessKeyIdEnv),
                    keys.key("secret_access_key_env", secretAccessKeyEnv),
                    sessionTokenEnv.map(variable -> keys.key("session_token_env", variable)));
            return endpoint.map(given -> new AwsRekognition(address(given), region, credentials))
                    .orElseGet(() -> AwsRekognition.in(region, credentials));
        }
    }

    record OpenInference(
            String endpoint,
            Optional<String> tokenEnv,
            String model,
            Optional<String> version,
            OpenInferenceProvider.Input input,
            OpenInferenceProvider.Output output)
            implements ProviderDocument {

        @Override
        public Provider provider(KeyRing keys) {
            return new OpenInferenceProvider(
                    address(endpoint),
                    tokenEnv.map(variable -> new Credentials.Bearer(keys.key("token_env", variable))),
                    model,
                    version,
                    input,
                    output);
        }

        /** The labels of the output; empty where the server names them itself. */
        List<String> labels() {
            return switch (output) {
                case OpenInferenceProvider.Output.ClassificationOutput _ -> List.of();
                case OpenInferenceProvider.Output.Probabilities(String _, List<String> labels) -> labels;
                case OpenInferenceProvider.Output.Logits(String _, List<String> labels) -> labels;
            };
        }
    }

    private static void requireOne(Optional<String> apiKeyEnv, Optional<String> tokenEnv) {
        ConfigurationCheck.configured(
                apiKeyEnv.isPresent() != tokenEnv.isPresent(),
                "provider needs either api_key_env or token_env, the name of an environment variable.");
    }

    private static Credentials.Token token(KeyRing keys, Optional<String> apiKeyEnv, Optional<String> tokenEnv) {
        return apiKeyEnv
                .<Credentials.Token>map(variable -> new Credentials.KeyCredential(keys.key("api_key_env", variable)))
                .orElseGet(() -> new Credentials.Bearer(keys.key("token_env", tokenEnv.orElseThrow())));
    }

    private static URI address(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw ConfigurationCheck.invalid(
                    "endpoint is not an HTTP address. Write it as https://host."); // it may hold a key
        }
    }
}
