package dev.fovea.remote.provider;

import com.google.errorprone.annotations.FormatMethod;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** The checks of configuration; every failure is {@code CONFIGURATION_INVALID}. */
public final class ConfigurationCheck {

    /** The hosts to which a key may go unencrypted. */
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private ConfigurationCheck() {}

    @FormatMethod
    public static void configured(boolean valid, String format, Object... values) {
        if (!valid) {
            throw invalid(format.formatted(values));
        }
    }

    public static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.CONFIGURATION_INVALID, message);
    }

    public static void positive(Duration duration, String name) {
        configured(duration.toMillis() > 0, "%s is %d ms; it must be positive.", name, duration.toMillis());
    }

    /** An address of a service: absolute, without user, query and fragment, encrypted where a key is sent. */
    static void address(URI address, boolean withKey) {
        String scheme = address.getScheme();
        configured(
                ("http".equals(scheme) || "https".equals(scheme)) && address.getHost() != null,
                "endpoint \"%s\" is not an HTTP address. Write it as https://host.",
                shown(address));
        configured(
                address.getUserInfo() == null && address.getQuery() == null && address.getFragment() == null,
                "endpoint at %s has more than scheme, host, port and path. Remove the rest, and configure keys apart.",
                address.getHost());
        configured(
                !withKey || scheme.equals("https") || LOOPBACK.contains(address.getHost()),
                "endpoint \"%s\" would send a key unencrypted. Use https.",
                address);
    }

    /** The address, or "…" where it may have a key. */
    private static String shown(URI address) {
        return address.getRawUserInfo() == null && address.getRawQuery() == null
                ? ErrorText.shortened(address.toString())
                : "…";
    }
}
