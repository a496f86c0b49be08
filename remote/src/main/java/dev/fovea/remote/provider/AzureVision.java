package dev.fovea.remote.provider;

import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Azure Vision, Image Analysis 4.0, {@code POST /computervision/imageanalysis:analyze?api-version=2024-02-01}:
 * https://learn.microsoft.com/azure/ai-services/computer-vision/how-to/call-analyze-image-40.
 *
 * @param endpoint of the resource, as https://NAME.cognitiveservices.azure.com
 * @param credentials a key of the resource, or a Microsoft Entra access token
 * @param features each is billed; the budget's price is that of all together
 */
public record AzureVision(URI endpoint, Credentials.Token credentials, Set<DetectionFeature> features)
        implements Provider {

    public AzureVision {
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
        return "Azure Vision";
    }
}
