package dev.fovea.config.alerting;

import dev.fovea.alerts.channel.HttpReceiver;
import dev.fovea.config.KeyRing;
import dev.fovea.remote.provider.ConfigurationCheck;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The address of a receiver, from the file or the environment. Messages show its host only: it may hold a secret. */
record ReceiverAddress(URI address) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    static ReceiverAddress of(Optional<String> url, Optional<String> urlEnv, KeyRing keys) {
        ConfigurationCheck.configured(
                url.isPresent() != urlEnv.isPresent(),
                "channel needs either url, or url_env with the name of an environment variable.");
        String text = url.orElseGet(() -> keys.key("channel.url_env", urlEnv.orElseThrow()));
        URI address = parsed(text);
        ConfigurationCheck.configured(
                ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                        && address.getHost() != null,
                "channel.url is no HTTP address. Write it as https://host/path.");
        ConfigurationCheck.configured(
                address.getUserInfo() == null && address.getFragment() == null,
                "channel.url at %s has a user or a fragment. Remove it.",
                address.getHost());
        return new ReceiverAddress(address);
    }

    private static URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw ConfigurationCheck.invalid("channel.url is no HTTP address. Write it as https://host/path.");
        }
    }

    /** To a receiver that checks signatures, or asks for no secret. */
    HttpReceiver plain() {
        return HttpReceiver.at(address, secrets());
    }

    /** To a receiver to whom the address or the message is a secret, so that it must be encrypted. */
    HttpReceiver secret() {
        ConfigurationCheck.configured(
                "https".equals(address.getScheme()) || LOOPBACK.contains(address.getHost()),
                "channel.url at %s would send a secret unencrypted. Use https.",
                address.getHost());
        return plain();
    }

    /** Path and query, in which Slack and Teams have their secrets. */
    private List<String> secrets() {
        String rest = (address.getRawPath() == null ? "" : address.getRawPath())
                + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
        return rest.length() > 1 ? List.of(rest) : List.of();
    }
}
