package dev.fovea.config.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.AlertRules;
import dev.fovea.alerts.RouteRule;
import dev.fovea.alerts.Severity;
import dev.fovea.alerts.channel.AlertmanagerChannel;
import dev.fovea.alerts.channel.EmailChannel;
import dev.fovea.alerts.channel.PagerDutyChannel;
import dev.fovea.alerts.channel.SlackChannel;
import dev.fovea.alerts.channel.TeamsChannel;
import dev.fovea.alerts.channel.WebhookChannel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertsFileTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "URL",
            "https://hooks.slack.com/services/T/B/s3cr3t",
            "KEY",
            "k".repeat(32),
            "PASSWORD",
            "pw",
            "PLAIN",
            "http://hooks.slack.com/services/T/B/s3cr3t");

    @TempDir
    private Path home;

    private AlertsFile read(String json) throws IOException {
        Files.writeString(home.resolve(AlertsFile.NAME), json);
        AlertsFile file = AlertsFile.read(home, ENVIRONMENT);
        file.routes().forEach(route -> route.channel().close());
        return file;
    }

    @Test
    void shouldTellNobodyWithoutAFile() {
        AlertsFile file = AlertsFile.read(home, ENVIRONMENT);
        assertThat(file.routes()).isEmpty();
        assertThat(file.message()).isEmpty();
        assertThat(file.rules()).isEqualTo(AlertRules.DEFAULT);
    }

    @Test
    void shouldReadEveryKindOfReceiver() throws IOException {
        AlertsFile file = read("""
                {"server_url": "https://fovea.example.com", "resolve_after": "5m", "routes": {
                  "a": {"channel": {"type": "webhook", "url": "http://collector:8080/hook?x=1", "secret_env": "KEY"}},
                  "b": {"channel": {"type": "slack", "url_env": "URL"}, "min_severity": "warning", "models": ["shirts"],
                        "kinds": ["drift", "model-not-served"], "group_wait": "30s", "send_resolved": false},
                  "c": {"channel": {"type": "teams", "url": "https://prod.logic.azure.com/workflows/1?sig=x"}},
                  "d": {"channel": {"type": "pagerduty", "routing_key_env": "KEY",
                                    "url": "https://events.eu.pagerduty.com/v2/enqueue"}},
                  "e": {"channel": {"type": "email", "host": "smtp.example.com", "user": "fovea",
                                    "password_env": "PASSWORD", "from": "Fovea <f@example.com>", "to": ["a@example.com"]}},
                  "f": {"channel": {"type": "alertmanager", "url": "http://alertmanager:9093/"}}}}
                """);
        assertThat(file.message()).isEmpty();
        assertThat(file.serverUrl()).contains(URI.create("https://fovea.example.com"));
        assertThat(file.rules().resolveAfter()).isEqualTo(Duration.ofMinutes(5));
        assertThat(file.routes())
                .extracting(route -> (Object) route.channel().getClass())
                .containsExactly(
                        WebhookChannel.class,
                        SlackChannel.class,
                        TeamsChannel.class,
                        PagerDutyChannel.class,
                        EmailChannel.class,
                        AlertmanagerChannel.class);
        assertThat(file.told().get(1))
                .isEqualTo(new RouteRule(
                        "b",
                        Severity.WARNING,
                        Set.of("shirts"),
                        Set.of(AlertKind.DRIFT, AlertKind.MODEL_NOT_SERVED),
                        Duration.ofSeconds(30),
                        false));
        assertThat(file.told().getFirst())
                .isEqualTo(new RouteRule("a", Severity.INFO, Set.of(), Set.of(), Duration.ofSeconds(10), true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type": "pigeon"}                                              | x.channel.type is "pigeon"; it must be one of
            {"type": "slack"}                                               | x.channel needs either url, or url_env
            {"type": "slack", "url_env": "UNSET"}                           | x.channel.url_env names the environment variable UNSET, which is not set
            {"type": "slack", "url_env": "PLAIN"}                           | x.channel.url at hooks.slack.com would send a secret unencrypted
            {"type": "webhook", "url": "ftp://x/y"}                         | x.channel.url is no HTTP address
            {"type": "webhook", "url": "https://ada:pw@x/y"}                | x.channel.url at x has a user or a fragment
            {"type": "webhook", "urls": "https://x"}                        | x.channel.urls is not known
            {"type": "pagerduty"}                                           | x.channel.routing_key_env is missing
            {"type": "email", "host": "h", "from": "nobody", "to": ["a@b"]} | x.channel.from "nobody" is no e-mail address
            {"type": "email", "host": "h", "from": "a@b", "to": []}         | x.channel.to is empty
            {"type": "email", "host": "h", "from": "a@b", "to": ["a@b"], "port": 0} | x.channel.port is 0
            {"type": "email", "host": "h", "from": "a@b", "to": ["a@b"], "user": "u"} | x.channel: user and password_env go together
            {"type": "email", "host": "h", "from": "a@b", "to": ["a@b"], "user": "u", "password_env": "PASSWORD", "security": "none"} | would send the password unencrypted
            """)
    void shouldNameTheFieldThatIsWrong(String channel, String message) throws IOException {
        AlertsFile file = read("""
                {"routes": {"x": {"channel": %s}, "good": {"channel": {"type": "slack", "url_env": "URL"}}}}
                """.formatted(channel));
        assertThat(file.message().orElse("none"))
                .contains("alerts.json has 1 error", message)
                .doesNotContain("s3cr3t", "ada:pw", "Optional[");
        assertThat(file.routes()).extracting(route -> route.name()).containsExactly("good");
    }

    @Test
    void shouldReportAllErrorsTogether() throws IOException {
        AlertsFile file = read("""
                {"server_url": "fovea", "routes": {
                  "a b": {"channel": {"type": "slack", "url_env": "URL"}},
                  "c": {"channel": {"type": "slack", "url_env": "URL"}, "kinds": ["dirft"]},
                  "d": {"channel": {"type": "slack", "url_env": "URL"}, "group_wait": "2h"}}}
                """);
        assertThat(file.message().orElse(""))
                .contains("4 errors", "\"a b\" needs a name", "c.kinds[0] must be one of", "d.group_wait is 7200 s")
                .contains("server_url \"fovea\" is no HTTP address");
    }

    @Test
    void shouldTellWhatIsNoJson() throws IOException {
        assertThat(read("{").message().orElse("")).contains("alerts.json has 1 error");
        assertThat(read("{\"routes\": {}, \"rutes\": {}}").message().orElse(""))
                .contains("alerts.json.rutes is not known");
    }

    /** A command that has no secrets still knows what is told where. */
    @Test
    void shouldKnowTheRulesOfRoutesWhoseSecretsAreMissing() throws IOException {
        AlertsFile file = read("{\"routes\": {\"x\": {\"channel\": {\"type\": \"slack\", \"url_env\": \"UNSET\"}}}}");
        assertThat(file.told()).extracting(RouteRule::route).containsExactly("x");
        assertThat(file.routes()).isEmpty();
    }
}
