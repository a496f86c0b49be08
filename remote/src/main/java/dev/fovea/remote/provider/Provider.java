package dev.fovea.remote.provider;

import java.util.List;

/** Whom to ask, and how: one record for each service that is spoken to. */
public sealed interface Provider permits GoogleVision, AwsRekognition, AzureVision, OpenInferenceProvider {

    /** The service's own name. */
    String title();

    /** All that must never be shown, in no message. */
    List<String> secrets();
}
