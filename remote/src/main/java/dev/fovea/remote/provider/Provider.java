package dev.fovea.remote.provider;

import java.util.List;

/** A service and its settings: one record for each kind. */
public sealed interface Provider permits GoogleVision, AwsRekognition, AzureVision, OpenInferenceProvider {

    /** The service's own name. */
    String title();

    /** Everything that no message may show. */
    List<String> secrets();
}
