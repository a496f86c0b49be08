package dev.fovea.alerts.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fovea.alerts.AlertEvent;
import dev.fovea.alerts.channel.MailServer.MailSecurity;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real conversations over SMTP. */
class EmailChannelTest {

    private static final String PASSWORD = "s3cr3t-p4ssw0rd";

    @TempDir
    private static Path directory;

    private static SSLContext tls;
    private static SSLContext otherName;

    @BeforeAll
    static void certificates() throws Exception {
        tls = TestTls.of(directory, "localhost");
        otherName = TestTls.of(directory, "mail.example.com");
    }

    private static String send(int port, MailSecurity security, boolean login, SSLContext trust) throws Exception {
        MailServer mail = new MailServer(
                "localhost",
                port,
                security,
                login ? Optional.of(new MailServer.Login("fovea", PASSWORD)) : Optional.empty(),
                Duration.ofSeconds(10));
        try (EmailChannel channel = new EmailChannel(
                mail,
                new InternetAddress("Fovea <fovea@example.com>"),
                List.of(new InternetAddress("ada@example.com"), new InternetAddress("bob@example.com")),
                trust.getSocketFactory())) {
            return channel.send(Samples.notification(AlertEvent.RAISED));
        }
    }

    private static DeliveryFailed failure(int port, MailSecurity security, boolean login, SSLContext trust) {
        DeliveryFailed failed = catchThrowableOfType(DeliveryFailed.class, () -> send(port, security, login, trust));
        assertThat(failed).isNotNull();
        assertThat(failed.text()).doesNotContain(PASSWORD);
        return failed;
    }

    private static MimeMessage message(SmtpServer server) throws Exception {
        assertThat(server.messages()).hasSize(1);
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(server.messages().getFirst().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldEncryptBeforeItLogsIn() throws Exception {
        try (SmtpServer server = new SmtpServer(tls, false, true)) {
            assertThat(send(server.port(), MailSecurity.STARTTLS, true, tls)).isEqualTo("accepted by localhost");
            assertThat(server.commands())
                    .containsSubsequence(
                            "STARTTLS",
                            "TLS AUTH LOGIN",
                            "user fovea",
                            "password " + PASSWORD,
                            "TLS MAIL FROM:<fovea@example.com>",
                            "TLS RCPT TO:<ada@example.com>",
                            "TLS RCPT TO:<bob@example.com>",
                            "TLS DATA");
            MimeMessage message = message(server);
            assertThat(message.getSubject()).isEqualTo("[Fovea] WARNING shirts: The confidence of shirts:3 fell");
            assertThat(message.getFrom()[0]).hasToString("Fovea <fovea@example.com>");
            assertThat(message.getAllRecipients()).hasSize(2);
            assertThat(message.getMessageID()).isEqualTo("<d-1@example.com>");
            assertThat(message.getHeader("References", ",")).isEqualTo("<01A@example.com>");
            assertThat(message.getHeader("Auto-Submitted", ",")).isEqualTo("auto-generated");
            assertThat(message.getContent().toString())
                    .contains(
                            "Mean confidence 0.71, was 0.93 <&>",
                            "since 2026-11-21T12:00:00Z",
                            "https://fovea.example.com/#/models/shirts");
        }
    }

    @Test
    void shouldSpeakTlsFromTheStart() throws Exception {
        try (SmtpServer server = new SmtpServer(tls, true, false)) {
            String _ = send(server.port(), MailSecurity.TLS, true, tls);
            assertThat(server.commands())
                    .allSatisfy(command -> assertThat(command).matches("(TLS |user |password ).*"));
            assertThat(message(server).getSubject()).startsWith("[Fovea]");
        }
    }

    @Test
    void shouldNotLogInWhereTheServerDoesNotEncrypt() throws Exception {
        try (SmtpServer server = new SmtpServer(tls, false, false)) {
            DeliveryFailed failed = failure(server.port(), MailSecurity.STARTTLS, true, tls);
            assertThat(failed.text()).contains("STARTTLS");
            assertThat(server.commands()).noneMatch(command -> command.contains("AUTH LOGIN"));
        }
    }

    @Test
    void shouldNotTrustACertificateForAnotherName() throws Exception {
        try (SmtpServer server = new SmtpServer(otherName, false, true)) {
            DeliveryFailed _ = failure(server.port(), MailSecurity.STARTTLS, true, otherName);
            assertThat(server.commands()).noneMatch(command -> command.contains("password"));
        }
    }

    @Test
    void shouldUseARelayWithoutLogin() throws Exception {
        try (SmtpServer server = new SmtpServer(tls, false, false)) {
            String _ = send(server.port(), MailSecurity.NONE, false, tls);
            assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH"));
            assertThat(server.messages()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AUTH, 535 5.7.8 wrong password, false",
        "MAIL, 421 4.3.2 shutting down, true",
        "RCPT, 550 5.1.1 no such user, false",
        "RCPT, 451 4.7.1 greylisted, true",
        "end of DATA, 452 4.3.1 disk full, true",
        "end of DATA, 554 5.7.1 spam, false"
    })
    void shouldTryAgainOnlyWhatTheServerMayTakeLater(String command, String answer, boolean isRetryable)
            throws Exception {
        try (SmtpServer server = new SmtpServer(tls, true, false)) {
            server.answers(command, answer);
            assertThat(failure(server.port(), MailSecurity.TLS, true, tls).isRetryable())
                    .isEqualTo(isRetryable);
        }
    }

    @Test
    void shouldTryAgainWhenNobodyListens() throws Exception {
        try (Socket taken = new Socket()) { // bound and not listening: nobody else can get the port meanwhile
            taken.bind(new InetSocketAddress("localhost", 0));
            assertThat(failure(taken.getLocalPort(), MailSecurity.NONE, false, tls)
                            .isRetryable())
                    .isTrue();
        }
    }
}
