package dev.fovea.load;

/**
 * The response of a server.
 *
 * @param status the HTTP status
 * @param body the first megabyte of the body
 */
public record LoadResponse(int status, byte[] body) {

    /** Whether the request succeeded. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
