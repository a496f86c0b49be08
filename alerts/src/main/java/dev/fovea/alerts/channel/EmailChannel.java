package dev.fovea.alerts.channel;

import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.remote.provider.ConfigurationCheck;
import dev.fovea.remote.provider.ErrorText;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * People, by e-mail over SMTP. Messages about one alert are one thread in a mailbox. A login is only sent encrypted,
 * and the server's certificate must be valid for its name.
 */
public final class EmailChannel implements Channel {

    private static final int PERMANENT = 500;

    private final MailServer server;
    private final InternetAddress from;
    private final InternetAddress[] to;
    private final Session session;

    /**
     * A channel from and to addresses as text.
     *
     * @throws FoveaException {@code CONFIGURATION_INVALID} for what is no address
     */
    public static EmailChannel of(MailServer server, String from, List<String> to) {
        return new EmailChannel(
                server,
                address("from", from),
                to.stream().map(text -> address("to", text)).toList(),
                (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    private static InternetAddress address(String field, String text) {
        try {
            InternetAddress address = new InternetAddress(text, true);
            if (address.getAddress().contains("@")) {
                return address;
            }
        } catch (AddressException e) {
            // said below
        }
        throw ConfigurationCheck.invalid("channel.%s \"%s\" is no e-mail address. Write it as name@example.com."
                .formatted(field, Printable.brief(text)));
    }

    /** @param sockets whom to trust */
    EmailChannel(MailServer server, InternetAddress from, List<InternetAddress> to, SSLSocketFactory sockets) {
        this.server = server;
        this.from = from;
        this.to = to.toArray(InternetAddress[]::new);
        this.session = Session.getInstance(properties(server, sockets));
    }

    private static Properties properties(MailServer server, SSLSocketFactory sockets) {
        String millis = String.valueOf(server.timeout().toMillis());
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", server.host());
        properties.setProperty("mail.smtp.port", String.valueOf(server.port()));
        properties.setProperty("mail.smtp.connectiontimeout", millis);
        properties.setProperty("mail.smtp.timeout", millis);
        properties.setProperty("mail.smtp.writetimeout", millis);
        properties.setProperty("mail.smtp.auth", String.valueOf(server.login().isPresent()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.socketFactory", sockets);
        switch (server.security()) {
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
            case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
            case NONE -> {}
        }
        return properties;
    }

    @Override
    public String send(Notification notification) {
        try (Transport transport = session.getTransport("smtp")) {
            if (server.login().isPresent()) {
                MailServer.Login login = server.login().get();
                transport.connect(login.user(), login.password());
            } else {
                transport.connect();
            }
            MimeMessage message = message(notification);
            transport.sendMessage(message, to);
            return "accepted by " + server.host();
        } catch (MessagingException e) {
            throw failure(e);
        }
    }

    private MimeMessage message(Notification notification) throws MessagingException {
        Notification.Event first = notification.events().getFirst();
        String domain = from.getAddress().substring(from.getAddress().indexOf('@') + 1);
        String id = "<%s@%s>".formatted(first.id(), domain);
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id); // the same when it is sent again
            }
        };
        message.setFrom(from);
        message.setRecipients(Message.RecipientType.TO, to);
        message.setSubject("[Fovea] " + notification.headline(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(first.at()));
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office replies
        message.setHeader("References", "<%s@%s>".formatted(first.alert().id(), domain));
        message.setText(text(notification), StandardCharsets.UTF_8.name());
        message.saveChanges();
        return message;
    }

    private static String text(Notification notification) {
        StringBuilder text = new StringBuilder();
        for (Notification.Event event : notification.events()) {
            text.append(event.headline()).append("\r\n\r\n");
            if (!event.text().isBlank()) {
                text.append(String.join("\r\n", event.text().lines().toList())).append("\r\n\r\n");
            }
            text.append(event.condition().kind().word()).append(", ").append(event.times());
            notification.link(event).ifPresent(link -> text.append("\r\n").append(link));
            text.append("\r\nAlert ").append(event.alert().id()).append("\r\n\r\n");
        }
        return text.toString();
    }

    /** 4xx answers and broken connections may be tried again; a refused login, sender or receiver may not. */
    private DeliveryFailed failure(MessagingException e) {
        List<String> secrets =
                server.login().map(login -> List.of(login.password())).orElse(List.of());
        boolean permanent = e instanceof AuthenticationFailedException;
        for (Exception cause = e; cause != null; cause = next(cause)) {
            permanent |= code(cause) >= PERMANENT;
        }
        return new DeliveryFailed(
                "%s: %s".formatted(server.host(), ErrorText.safe(String.valueOf(e.getMessage()), secrets)), !permanent);
    }

    private static @Nullable Exception next(Exception e) {
        return e instanceof MessagingException known ? known.getNextException() : null;
    }

    private static int code(Exception e) {
        return switch (e) {
            case SMTPSendFailedException sent -> sent.getReturnCode();
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSenderFailedException sender -> sender.getReturnCode();
            default -> 0;
        };
    }

    @Override
    public boolean isGrouping() {
        return true;
    }

    @Override
    public void close() {
        // a connection lives for one message
    }
}
