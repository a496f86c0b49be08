package dev.fovea.remote.provider;

import java.net.URI;
import java.util.List;

/**
 * Amazon Rekognition, operation {@code DetectLabels}, signed with Signature Version 4. It gives labels and objects in
 * one for the same price: https://docs.aws.amazon.com/rekognition/latest/APIReference/API_DetectLabels.html.
 *
 * @param endpoint where the service is; see {@link #in}
 * @param region as eu-central-1; it is part of the signature
 * @param credentials with the right rekognition:DetectLabels
 */
public record AwsRekognition(URI endpoint, String region, Credentials.AwsKeys credentials) implements Provider {

    public AwsRekognition {
        region(region);
        ConfigurationCheck.address(endpoint, true);
    }

    /** The service's public address in a region. */
    public static AwsRekognition in(String region, Credentials.AwsKeys credentials) {
        return new AwsRekognition(
                URI.create("https://rekognition.%s.amazonaws.com".formatted(region(region))), region, credentials);
    }

    @Override
    public List<String> secrets() {
        return credentials.secrets();
    }

    @Override
    public String title() {
        return "AWS Rekognition";
    }

    private static String region(String region) {
        ConfigurationCheck.configured(
                region.matches("[a-z0-9-]{1,32}"),
                "region \"%s\" is not an AWS region. Write it as eu-central-1.",
                ErrorText.shortened(region));
        return region;
    }
}
