package dev.fovea.remote.protocol;

import dev.fovea.remote.provider.AwsRekognition;
import dev.fovea.remote.provider.AzureVision;
import dev.fovea.remote.provider.GoogleVision;
import dev.fovea.remote.provider.OpenInferenceProvider;
import dev.fovea.remote.provider.Provider;
import java.time.Clock;

/**
 * One service's format: how an image is asked about and how its answer is read. Pure; sends nothing. Reading throws
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

    /** The largest file that the service takes, in bytes. */
    int largestImage();

    /** What is sent for an image. */
    OutgoingRequest request(byte[] image);

    /** Reads the body of a reply with a status of success. */
    RemoteFindings findings(ServiceResponse response);

    /** Reads a reply with any other status. */
    ErrorResponse errorResponse(ServiceResponse response);
}
