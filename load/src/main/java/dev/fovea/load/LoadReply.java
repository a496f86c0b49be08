package dev.fovea.load;

/**
 * What a server answered.
 *
 * @param status the HTTP status
 * @param body its first megabyte
 */
public record LoadReply(int status, byte[] body) {

    /** Whether the server did what it was asked. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
