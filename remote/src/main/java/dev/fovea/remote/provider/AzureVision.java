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
 * @param wanted each is billed for itself; the budget's price is that of all together
 */
public record AzureVision(URI endpoint, Credentials.Token credentials, Set<DetectionFeature> wanted)
        implements Provider {

    public AzureVision {
        wanted = Set.copyOf(wanted);
        ConfigurationCheck.address(endpoint, true);
        ConfigurationCheck.configured(
                !wanted.isEmpty(), "Azure Vision is asked for nothing. Ask for labels, objects or both.");
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
