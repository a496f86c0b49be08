package dev.fovea.remote.provider;

import java.util.List;

/** Text of a service, made fit for a message: one line, short, without secrets. */
public final class ErrorText {

    private static final int MAX_LENGTH = 200;
    private static final String HIDDEN = "…";

    private ErrorText() {}

    /** The text on one line, cut to 200 characters, with each secret replaced by "…". */
    public static String safe(String text, List<String> secrets) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, HIDDEN);
        }
        return shortened(hidden);
    }

    /** The text on one line, cut to 200 characters. */
    public static String shortened(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= MAX_LENGTH
                ? line
                : line.substring(0, MAX_LENGTH).strip() + HIDDEN;
    }
}
