package dev.fovea.storage.s3;

import com.google.errorprone.annotations.FormatMethod;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Says what went wrong with an object store, and what helps.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3's error codes</a>
 */
final class S3Failure {

    private static final int SERVER_ERRORS = 500;
    private static final int SLOW_DOWN = 429;
    private static final int FORBIDDEN = 403;

    private S3Failure() {}

    /**
     * {@code CONFIGURATION_INVALID} for settings with which it will never work, {@code STORAGE_UNAVAILABLE} for a store
     * that does not respond now, {@code STORAGE_FAILED} for the rest.
     *
     * @param doing what could not be done, beginning with a capital
     */
    static FoveaException of(String doing, S3Settings settings, SdkException failure) {
        String access = settings.keys().map(S3Settings.Keys::access).orElse("of the AWS SDK's usual sources");
        if (!(failure instanceof S3Exception answer)) {
            return ofClient(doing, settings, failure);
        }
        String code = code(answer);
        return switch (code) {
            case "NoSuchBucket" ->
                invalid(
                        answer,
                        "blobs.url: there is no bucket \"%s\"%s. Create it, or correct the address %s.",
                        settings.bucket(),
                        settings.endpoint().map(" at %s"::formatted).orElse(""),
                        settings.shown());
            case "InvalidAccessKeyId", "XAdminUserNotFound" ->
                invalid(
                        answer,
                        "blobs.access-key: the object store does not know the access key %s. Correct blobs.access-key (FOVEA_BLOBS_ACCESS_KEY).",
                        access);
            case "SignatureDoesNotMatch" ->
                invalid(
                        answer,
                        "blobs.secret-key: the secret key does not belong to the access key %s. Correct blobs.secret-key (FOVEA_BLOBS_SECRET_KEY).",
                        access);
            case "AuthorizationHeaderMalformed", "PermanentRedirect" ->
                invalid(
                        answer,
                        "blobs.url: the bucket \"%s\" is not in the region %s. Name its region: %s?region=…",
                        settings.bucket(),
                        settings.region(),
                        settings.shown());
            default -> general(doing, settings, code, answer);
        };
    }

    private static FoveaException general(String doing, S3Settings settings, String code, S3Exception answer) {
        if (answer.statusCode() == FORBIDDEN) {
            return invalid(
                    answer,
                    "blobs.url: %s %s is denied (%s). Give the access key the rights to list, read, write and delete objects there.",
                    doing,
                    settings.shown(),
                    code);
        }
        if (answer.statusCode() >= SERVER_ERRORS || answer.statusCode() == SLOW_DOWN) {
            return unavailable(doing, settings, code, answer);
        }
        return new FoveaException(
                ErrorCode.STORAGE_FAILED,
                "%s %s failed: %s (HTTP %d). Look at the object store's log, and try again."
                        .formatted(doing, settings.shown(), code, answer.statusCode()),
                answer);
    }

    private static FoveaException ofClient(String doing, S3Settings settings, SdkException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("Unable to load credentials")) {
            return invalid(
                    failure,
                    "blobs.access-key: none is set, and none of the AWS SDK's usual sources has one. Set blobs.access-key and blobs.secret-key (FOVEA_BLOBS_ACCESS_KEY, FOVEA_BLOBS_SECRET_KEY).");
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String said = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return unavailable(doing, settings, root.getClass().getSimpleName() + ": " + said, failure);
    }

    private static FoveaException unavailable(String doing, S3Settings settings, String why, SdkException failure) {
        return new FoveaException(
                ErrorCode.STORAGE_UNAVAILABLE,
                "%s %s%s failed: %s. Models that are loaded go on serving. Start the object store or correct blobs.url, and try again."
                        .formatted(
                                doing,
                                settings.shown(),
                                settings.endpoint().map(" at %s"::formatted).orElse(""),
                                why),
                failure);
    }

    /** A response to HEAD has no body, and so no code. */
    private static String code(S3Exception answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null ? "HTTP " + answer.statusCode() : details.errorCode();
    }

    @FormatMethod
    private static FoveaException invalid(SdkException cause, String message, Object... values) {
        return new FoveaException(ErrorCode.CONFIGURATION_INVALID, message.formatted(values), cause);
    }
}
