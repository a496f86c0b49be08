package dev.fovea.server;

import java.io.IOException;
import java.io.InputStream;

/** Reads what nobody wants: many clients look for an answer only after they have sent everything. */
final class BodyDrain {

    private static final int BUFFER_BYTES = 1 << 14;

    private BodyDrain() {}

    /** To the end, or so many bytes. */
    static void drain(InputStream body, long most) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = most;
        for (int read = 0; read >= 0 && left > 0; left -= read) {
            read = body.read(buffer, 0, (int) Math.min(buffer.length, left));
        }
    }
}
