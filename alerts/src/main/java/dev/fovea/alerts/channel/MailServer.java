package dev.fovea.alerts.channel;

import java.time.Duration;
import java.util.Optional;

/**
 * An SMTP server.
 *
 * @param login when it asks for one
 * @param timeout of connecting, and of each answer
 */
public record MailServer(String host, int port, MailSecurity security, Optional<Login> login, Duration timeout) {

    /** How a connection is encrypted. */
    public enum MailSecurity {
        /** Encrypted before the login, or not used at all. */
        STARTTLS,
        /** Encrypted from the start. */
        TLS,
        /** Not at all: for a relay on this machine. */
        NONE
    }

    /** Who sends. */
    public record Login(String user, String password) {

        /** Shows no password. */
        @Override
        public String toString() {
            return "Login[%s]".formatted(user);
        }
    }
}
