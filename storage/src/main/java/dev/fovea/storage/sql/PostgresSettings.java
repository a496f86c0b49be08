package dev.fovea.storage.sql;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address and credentials of a PostgreSQL database.
 *
 * @param url JDBC URL without user and password
 * @param user empty for the user of the operating system
 * @param password never shown
 */
public record PostgresSettings(String url, Optional<String> user, Optional<String> password) {

    private static final Pattern PASSWORD = Pattern.compile("[?&](ssl)?password=", Pattern.CASE_INSENSITIVE);
    private static final String EXAMPLE = "write postgresql://user@host:5432/database";

    /**
     * From the configuration.
     *
     * @param address {@code postgresql://user@host/database} or {@code jdbc:postgresql://host/database}, with the
     *     driver's parameters behind {@code ?}
     * @param user in place of the one in the address
     * @throws IllegalArgumentException with a message for the user who set the address; it never has a password in it
     */
    public static PostgresSettings of(String address, Optional<String> user, Optional<String> password) {
        String plain = address.strip().replaceFirst("^jdbc:", "").replaceFirst("^postgres://", "postgresql://");
        if (!plain.toLowerCase(Locale.ROOT).startsWith("postgresql://")) {
            throw new IllegalArgumentException(
                    "the address is not a PostgreSQL address; %s, or omit it for SQLite in the home"
                            .formatted(EXAMPLE));
        }
        URI uri = parsed(plain);
        Optional<String> userInfo = Optional.ofNullable(uri.getUserInfo());
        if (userInfo.filter(info -> info.contains(":")).isPresent()
                || PASSWORD.matcher(plain).find()) {
            throw new IllegalArgumentException(
                    "the address has a password in it; set database.password or FOVEA_DATABASE_PASSWORD instead");
        }
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        if (uri.getRawAuthority() == null || path.length() < 2) {
            throw new IllegalArgumentException("the address has no host or no database; " + EXAMPLE);
        }
        String host = uri.getRawAuthority().replaceFirst("^.*@", "");
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new PostgresSettings("jdbc:postgresql://" + host + path + query, user.or(() -> userInfo), password);
    }

    private static URI parsed(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            // its own message would repeat the address
            throw new IllegalArgumentException("the address is not a URL; " + EXAMPLE, e);
        }
    }

    /** The address without parameters, for messages. */
    public String shown() {
        return url.replaceFirst("^jdbc:", "").replaceFirst("\\?.*", "");
    }

    @Override
    public String toString() {
        return "PostgresSettings[%s, user=%s]".formatted(shown(), user.orElse("-"));
    }
}
