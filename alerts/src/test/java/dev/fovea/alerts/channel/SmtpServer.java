package dev.fovea.alerts.channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Speaks SMTP on the loopback (RFC 5321, STARTTLS of RFC 3207, AUTH of RFC 4954), and records the conversation. */
final class SmtpServer implements AutoCloseable {

    private final ServerSocket socket;
    private final Thread acceptor;
    private final SSLContext tls;
    private final boolean offersStartTls;
    private final List<String> commands = Collections.synchronizedList(new ArrayList<>());
    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    /** Answers in place of the usual ones, by the beginning of the command. */
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    SmtpServer(SSLContext tls, boolean fromTheStart, boolean offersStartTls) throws IOException {
        this.tls = tls;
        this.offersStartTls = offersStartTls;
        this.socket = fromTheStart
                ? tls.getServerSocketFactory().createServerSocket(0, 0, InetAddress.getLoopbackAddress())
                : new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        this.acceptor = Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Commands as they came; those that were encrypted begin with {@code TLS }. */
    List<String> commands() {
        return List.copyOf(commands);
    }

    List<String> messages() {
        return List.copyOf(messages);
    }

    void answers(String command, String answer) {
        answers.put(command, answer);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                talk(connection, connection instanceof SSLSocket);
            } catch (IOException e) {
                // the client hung up, or the server is closed
            }
        }
    }

    private void talk(Socket connection, boolean encrypted) throws IOException {
        if (!encrypted || connection instanceof SSLSocket && commands.isEmpty()) {
            say(connection, "220 localhost ESMTP");
        }
        BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            commands.add((encrypted ? "TLS " : "") + line);
            String command = line;
            String refusal = answers.entrySet().stream()
                    .filter(known -> command.startsWith(known.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("");
            if (!refusal.isEmpty()) {
                say(connection, refusal);
            } else if (line.startsWith("EHLO")) {
                say(connection, "250-localhost");
                if (offersStartTls && !encrypted) {
                    say(connection, "250-STARTTLS");
                }
                say(connection, "250 AUTH LOGIN PLAIN");
            } else if (line.equals("STARTTLS")) {
                say(connection, "220 go ahead");
                try (SSLSocket inner = (SSLSocket)
                        tls.getSocketFactory().createSocket(connection, "localhost", connection.getPort(), true)) {
                    inner.setUseClientMode(false);
                    talk(inner, true);
                }
                return;
            } else if (line.equals("AUTH LOGIN")) {
                say(connection, "334 VXNlcm5hbWU6");
                commands.add("user " + decoded(in.readLine()));
                say(connection, "334 UGFzc3dvcmQ6");
                commands.add("password " + decoded(in.readLine()));
                say(connection, "235 welcome");
            } else if (line.equals("DATA")) {
                say(connection, "354 go on");
                messages.add(data(in));
                say(connection, answers.getOrDefault("end of DATA", "250 taken"));
            } else if (line.equals("QUIT")) {
                say(connection, "221 bye");
                return;
            } else {
                say(connection, "250 fine");
            }
        }
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    private static String data(BufferedReader in) throws IOException {
        StringBuilder message = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            message.append(line.startsWith("..") ? line.substring(1) : line).append("\r\n");
        }
        return message.toString();
    }

    private static void say(Socket connection, String line) throws IOException {
        connection.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
            acceptor.join(); // until it has woken, the port still takes connections
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
