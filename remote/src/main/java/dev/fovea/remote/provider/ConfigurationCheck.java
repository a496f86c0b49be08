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
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private ConfigurationCheck() {}

    @FormatMethod
    public static void configured(boolean holds, String format, Object... values) {
        if (!holds) {
            throw new FoveaException(ErrorCode.CONFIGURATION_INVALID, format.formatted(values));
        }
    }

    public static void positive(Duration duration, String name) {
        configured(duration.isPositive(), "%s is %s; it must be positive.", name, duration);
    }

    /** An address of a service: absolute, without user, query and fragment, encrypted where a key goes along. */
    static void address(URI address, boolean withKey) {
        String scheme = address.getScheme();
        configured(
                ("http".equals(scheme) || "https".equals(scheme)) && address.getHost() != null,
                "The address \"%s\" is none of a web service. Write it as https://host.",
                shown(address));
        configured(
                address.getUserInfo() == null && address.getQuery() == null && address.getFragment() == null,
                "The address of %s holds more than scheme, host, port and path. Keys are configured apart from it.",
                address.getHost());
        configured(
                !withKey || scheme.equals("https") || THIS_MACHINE.contains(address.getHost()),
                "The address \"%s\" would send a key unencrypted. Use https.",
                address);
    }

    /** The address without what may hold a key. */
    private static String shown(URI address) {
        return address.getRawUserInfo() == null && address.getRawQuery() == null
                ? ErrorText.shortened(address.toString())
                : "…";
    }
}
