package dev.fovea.config.alerting;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fovea.alerts.channel.AlertmanagerChannel;
import dev.fovea.alerts.channel.Channel;
import dev.fovea.alerts.channel.EmailChannel;
import dev.fovea.alerts.channel.HttpReceiver;
import dev.fovea.alerts.channel.MailServer;
import dev.fovea.alerts.channel.MailServer.MailSecurity;
import dev.fovea.alerts.channel.PagerDutyChannel;
import dev.fovea.alerts.channel.SlackChannel;
import dev.fovea.alerts.channel.TeamsChannel;
import dev.fovea.alerts.channel.WebhookChannel;
import dev.fovea.config.KeyRing;
import dev.fovea.remote.provider.ConfigurationCheck;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The {@code channel} of a route in {@code alerts.json}; secrets are in the variables that {@code …Env} names. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChannelDocument.WebhookDocument.class, name = "webhook"),
    @JsonSubTypes.Type(value = ChannelDocument.SlackDocument.class, name = "slack"),
    @JsonSubTypes.Type(value = ChannelDocument.TeamsDocument.class, name = "teams"),
    @JsonSubTypes.Type(value = ChannelDocument.PagerDutyDocument.class, name = "pagerduty"),
    @JsonSubTypes.Type(value = ChannelDocument.EmailDocument.class, name = "email"),
    @JsonSubTypes.Type(value = ChannelDocument.AlertmanagerDocument.class, name = "alertmanager")
})
sealed interface ChannelDocument {

    /** The {@code type}. */
    String type();

    /** With its secrets; {@code CONFIGURATION_INVALID} for one that is missing. */
    Channel channel(KeyRing keys);

    /** Any receiver of CloudEvents. */
    record WebhookDocument(Optional<String> url, Optional<String> urlEnv, Optional<String> secretEnv)
            implements ChannelDocument {

        @Override
        public String type() {
            return "webhook";
        }

        @Override
        public Channel channel(KeyRing keys) {
            Optional<String> secret = secretEnv.map(variable -> keys.key("channel.secret_env", variable));
            HttpReceiver receiver = ReceiverAddress.of(url, urlEnv, keys).plain();
            return signed(receiver, secret);
        }

        private static Channel signed(HttpReceiver receiver, Optional<String> secret) {
            try {
                return new WebhookChannel(receiver, secret);
            } catch (IllegalArgumentException e) {
                throw ConfigurationCheck.invalid(
                        "channel.secret_env: a secret that begins with \"whsec_\" must go on in Base64.");
            }
        }
    }

    record SlackDocument(Optional<String> url, Optional<String> urlEnv) implements ChannelDocument {

        @Override
        public String type() {
            return "slack";
        }

        @Override
        public Channel channel(KeyRing keys) {
            return new SlackChannel(ReceiverAddress.of(url, urlEnv, keys).secret());
        }
    }

    record TeamsDocument(Optional<String> url, Optional<String> urlEnv) implements ChannelDocument {

        @Override
        public String type() {
            return "teams";
        }

        @Override
        public Channel channel(KeyRing keys) {
            return new TeamsChannel(ReceiverAddress.of(url, urlEnv, keys).secret());
        }
    }

    /** @param url for services outside of the United States */
    record PagerDutyDocument(String routingKeyEnv, Optional<String> url, Optional<String> source)
            implements ChannelDocument {

        @Override
        public String type() {
            return "pagerduty";
        }

        @Override
        public Channel channel(KeyRing keys) {
            String key = keys.key("channel.routing_key_env", routingKeyEnv);
            URI address = ReceiverAddress.of(
                            Optional.of(url.orElse(PagerDutyChannel.ENDPOINT.toString())), Optional.empty(), keys)
                    .secret()
                    .address();
            return new PagerDutyChannel(HttpReceiver.at(address, List.of(key)), key, source.orElse("fovea"));
        }
    }

    record EmailDocument(
            String host,
            Optional<Integer> port,
            Optional<MailSecurity> security,
            Optional<String> user,
            Optional<String> passwordEnv,
            String from,
            List<String> to)
            implements ChannelDocument {

        private static final Duration TIMEOUT = Duration.ofSeconds(10);
        private static final int STARTTLS_PORT = 587;
        private static final int TLS_PORT = 465;
        private static final int RELAY_PORT = 25;
        private static final int LAST_PORT = 65_535;

        @Override
        public String type() {
            return "email";
        }

        @Override
        public Channel channel(KeyRing keys) {
            MailSecurity encryption = security.orElse(MailSecurity.STARTTLS);
            ConfigurationCheck.configured(
                    user.isPresent() == passwordEnv.isPresent(),
                    "channel: user and password_env go together. Set both, or none.");
            ConfigurationCheck.configured(
                    user.isEmpty() || encryption != MailSecurity.NONE,
                    "channel.security is \"none\", which would send the password unencrypted. Use \"starttls\" or \"tls\".");
            ConfigurationCheck.configured(!to.isEmpty(), "channel.to is empty. Name at least one address.");
            int number = port.orElse(
                    switch (encryption) {
                        case STARTTLS -> STARTTLS_PORT;
                        case TLS -> TLS_PORT;
                        case NONE -> RELAY_PORT;
                    });
            ConfigurationCheck.configured(
                    number > 0 && number <= LAST_PORT,
                    "channel.port is %d; it must be from 1 to %d.",
                    number,
                    LAST_PORT);
            return EmailChannel.of(
                    new MailServer(
                            host,
                            number,
                            encryption,
                            user.map(name -> new MailServer.Login(
                                    name, keys.key("channel.password_env", passwordEnv.orElseThrow()))),
                            TIMEOUT),
                    from,
                    to);
        }
    }

    /** @param url without {@code /api/v2/alerts} */
    record AlertmanagerDocument(String url) implements ChannelDocument {

        @Override
        public String type() {
            return "alertmanager";
        }

        @Override
        public Channel channel(KeyRing keys) {
            HttpReceiver root =
                    ReceiverAddress.of(Optional.of(url), Optional.empty(), keys).plain();
            String path = root.address().toString().replaceFirst("/+$", "") + "/api/v2/alerts";
            return new AlertmanagerChannel(HttpReceiver.at(URI.create(path), List.of()));
        }
    }
}
