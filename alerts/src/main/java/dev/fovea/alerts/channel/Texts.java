package dev.fovea.alerts.channel;

/** Text within the limits of a receiver. */
final class Texts {

    private Texts() {}

    /** The text, or as much of it as fits, with "…" at its end. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
