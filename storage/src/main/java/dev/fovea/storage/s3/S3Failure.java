package dev.fovea.storage.s3;

import com.google.errorprone.annotations.FormatMethod;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Error messages of S3 failures, with the remedy.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3's error codes</a>
 */
final class S3Failure {

    private static final int SERVER_ERRORS = 500;
    private static final int SLOW_DOWN = 429;
    private static final int FORBIDDEN = 403;

    private S3Failure() {}

    /**
     * {@code CONFIGURATION_INVALID} for wrong settings, {@code STORAGE_UNAVAILABLE} for a store that is not available,
     * {@code STORAGE_FAILED} for the rest.
     *
     * @param doing the failed operation, beginning with a capital
     */
    static FoveaException of(String doing, S3Settings settings, SdkException failure) {
        String access = settings.keys().map(S3Settings.Keys::access).orElse("of the AWS SDK's usual sources");
        if (!(failure instanceof S3Exception response)) {
            return ofClient(doing, settings, failure);
        }
        String code = code(response);
        return switch (code) {
            case "NoSuchBucket" ->
                wrongPlace(
                        response,
                        settings,
                        "there is no bucket \"%s\"%s. Create it, or correct the address %s.",
                        settings.bucket(),
                        settings.endpoint().map(" at %s"::formatted).orElse(""),
                        settings.shown());
            case "InvalidAccessKeyId", "XAdminUserNotFound" ->
                invalid(
                        response,
                        "blobs.access-key: the object store does not know the access key %s. Correct blobs.access-key (FOVEA_BLOBS_ACCESS_KEY).",
                        access);
            case "SignatureDoesNotMatch" ->
                invalid(
                        response,
                        "blobs.secret-key: the secret key does not belong to the access key %s. Correct blobs.secret-key (FOVEA_BLOBS_SECRET_KEY).",
                        access);
            case "AuthorizationHeaderMalformed", "PermanentRedirect" ->
                wrongPlace(
                        response,
                        settings,
                        "the bucket \"%s\" is not in the region %s. Name its region: %s?region=…",
                        settings.bucket(),
                        settings.region(),
                        settings.shown());
            default -> general(doing, settings, code, response);
        };
    }

    private static FoveaException general(String doing, S3Settings settings, String code, S3Exception response) {
        if (response.statusCode() == FORBIDDEN) {
            return wrongPlace(
                    response,
                    settings,
                    "%s %s is denied (%s). Give the access key the rights to %s objects there.",
                    doing,
                    settings.shown(),
                    code,
                    settings.isHome() ? "list, read, write and delete" : "list and read");
        }
        if (response.statusCode() >= SERVER_ERRORS || response.statusCode() == SLOW_DOWN) {
            return unavailable(doing, settings, code, response);
        }
        return new FoveaException(
                ErrorCode.STORAGE_FAILED,
                "%s %s failed: %s (HTTP %d). Check the object store's log, and try again."
                        .formatted(doing, settings.shown(), code, response.statusCode()),
                response);
    }

    private static FoveaException ofClient(String doing, S3Settings settings, SdkException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("Unable to load credentials")) {
            return invalid(
                    failure,
                    "blobs.access-key: none is set, and none of the AWS SDK's default sources has one. Set blobs.access-key and blobs.secret-key (FOVEA_BLOBS_ACCESS_KEY, FOVEA_BLOBS_SECRET_KEY).");
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String rootMessage =
                String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return unavailable(doing, settings, root.getClass().getSimpleName() + ": " + rootMessage, failure);
    }

    private static FoveaException unavailable(String doing, S3Settings settings, String why, SdkException failure) {
        return new FoveaException(
                ErrorCode.STORAGE_UNAVAILABLE,
                "%s %s%s failed: %s. Loaded models continue to serve. Start the object store or correct blobs.url, and try again."
                        .formatted(
                                doing,
                                settings.shown(),
                                settings.endpoint().map(" at %s"::formatted).orElse(""),
                                why),
                failure);
    }

    /** A response to HEAD has no body, and so no code. */
    static String code(S3Exception response) {
        AwsErrorDetails details = response.awsErrorDetails();
        return details == null || details.errorCode() == null ? "HTTP " + response.statusCode() : details.errorCode();
    }

    /** Bucket or prefix are wrong. */
    @FormatMethod
    private static FoveaException wrongPlace(
            SdkException cause, S3Settings settings, String message, Object... values) {
        return new FoveaException(
                settings.isHome() ? ErrorCode.CONFIGURATION_INVALID : ErrorCode.ARGUMENT_INVALID,
                settings.stated() + ": " + message.formatted(values),
                cause);
    }

    @FormatMethod
    private static FoveaException invalid(SdkException cause, String message, Object... values) {
        return new FoveaException(ErrorCode.CONFIGURATION_INVALID, message.formatted(values), cause);
    }
}
