package dev.fovea.remote.protocol;

import dev.fovea.remote.provider.AwsRekognition;
import dev.fovea.remote.provider.AzureVision;
import dev.fovea.remote.provider.GoogleVision;
import dev.fovea.remote.provider.OpenInferenceProvider;
import dev.fovea.remote.provider.Provider;
import java.time.Clock;

/**
 * One service's format: the request for an image and the response to it. Pure; sends nothing. Reading throws
 * {@link AttemptFailed} and nothing else, whatever the bytes.
 */
public interface Protocol {

    static Protocol of(Provider provider, Clock clock) {
        return switch (provider) {
            case GoogleVision google -> new GoogleProtocol(google);
            case AwsRekognition aws -> new RekognitionProtocol(aws, clock);
            case AzureVision azure -> new AzureProtocol(azure);
            case OpenInferenceProvider open -> new InferenceProtocol(open);
        };
    }

    /** The maximum size of a file, in bytes. */
    int maxImageBytes();

    /** The request for an image. */
    OutgoingRequest request(byte[] image);

    /** Reads the body of a response with a status of success. */
    RemoteFindings findings(ServiceResponse response);

    /** Reads a response with any other status. */
    ErrorResponse errorResponse(ServiceResponse response);
}
