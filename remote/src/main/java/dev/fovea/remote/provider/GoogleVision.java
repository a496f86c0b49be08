package dev.fovea.remote.provider;

import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Google Cloud Vision, {@code POST /v1/images:annotate} with the features {@code LABEL_DETECTION} and
 * {@code OBJECT_LOCALIZATION}: https://docs.cloud.google.com/vision/docs/reference/rest/v1/images/annotate.
 *
 * @param endpoint {@link #ENDPOINT}, or a regional one such as https://eu-vision.googleapis.com
 * @param credentials an API key, or an OAuth 2.0 access token of the scope cloud-vision
 * @param features each is billed; the budget's price is that of all together
 */
public record GoogleVision(URI endpoint, Credentials.Token credentials, Set<DetectionFeature> features)
        implements Provider {

    /** The global endpoint. */
    public static final URI ENDPOINT = URI.create("https://vision.googleapis.com");

    public GoogleVision {
        features = Set.copyOf(features);
        ConfigurationCheck.address(endpoint, true);
        ConfigurationCheck.configured(!features.isEmpty(), "features is empty; it may have labels and objects.");
    }

    @Override
    public List<String> secrets() {
        return credentials.secrets();
    }

    @Override
    public String title() {
        return "Google Vision";
    }
}
