package dev.fovea.load;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * A server's address and base path. The host name is resolved once, so that no request waits for DNS.
 *
 * @param host value of the {@code Host} header, with the port
 * @param basePath empty, or a path without a slash at its end
 */
record Endpoint(boolean tls, String host, InetSocketAddress address, String basePath) {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** Reads {@code http://127.0.0.1:8080}; {@code ARGUMENT_INVALID} when it is no such address or names no machine. */
    static Endpoint parse(String url) {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean tls = scheme.equals("https");
            if ((!tls && !scheme.equals("http")) || uri.getHost() == null || uri.getQuery() != null) {
                throw notUnderstood(url);
            }
            int defaultPort = tls ? HTTPS_PORT : HTTP_PORT;
            int port = uri.getPort() < 0 ? defaultPort : uri.getPort();
            return new Endpoint(
                    tls,
                    uri.getHost() + (port == defaultPort ? "" : ":" + port),
                    new InetSocketAddress(InetAddress.getByName(uri.getHost()), port),
                    uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", ""));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw notUnderstood(url);
        } catch (UnknownHostException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--url is \"%s\", and no machine of that name is known. Check it.".formatted(url),
                    e);
        }
    }

    private static FoveaException notUnderstood(String url) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "--url is \"%s\"; give the server's address, as in http://127.0.0.1:8080.".formatted(url));
    }
}
