package dev.fovea.bench.data;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.Launcher;
import dev.fovea.bench.TemporaryDirectory;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;

/** How long an annotator waits in the console: for the first image, and from a key to the next image on the screen. */
final class LabellingBench {

    private static final int IMAGES = 70;
    private static final int LABELS = 60;
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 960;
    private static final String BOUNDARY = "x2f9";

    /** Waits until the image can be labelled: the bench is not busy any more, and the frame is presented. */
    private static final String FIRST = """
            new Promise(resolve => {
              const look = () => document.querySelector('[data-testid=bench][aria-busy=false]')
                ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
                : setTimeout(look, 2);
              look();
            })""";

    /** Presses a key for each image; the time ends after the frame in which the next image was painted. */
    private static final String NEXT = """
            (async () => {
              const times = [];
              const source = () => document.querySelector('[data-testid=stage] img')?.src;
              const idle = () => document.querySelector('[data-testid=bench][aria-busy=false]');
              for (let i = 0; i < COUNT; i++) {
                const before = source();
                const start = performance.now();
                dispatchEvent(new KeyboardEvent('keydown', { key: '1', bubbles: true }));
                while (source() === before || !idle()) await new Promise(resolve => setTimeout(resolve));
                await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
                times.push(performance.now() - start);
                await new Promise(resolve => setTimeout(resolve, 300));
              }
              return times;
            })()""";

    private LabellingBench() {}

    static void run() throws Exception {
        try (TemporaryDirectory home = TemporaryDirectory.create();
                Launcher.Server server = new Launcher(home.path(), Map.of()).serve();
                HttpClient client = HttpClient.newHttpClient()) {
            run(client, "http://127.0.0.1:" + server.port());
        }
    }

    /** On a server that runs, with a data set of its own. */
    static void run(HttpClient client, String address) throws Exception {
        fill(client, address);
        var started = Chromium.start();
        if (started.isEmpty()) {
            BenchReport.say("labelling: skipped, there is no chromium on the PATH");
            return;
        }
        try (Chromium chromium = started.get()) {
            chromium.beforePages("if (location.protocol === 'http:') localStorage.setItem('fovea-annotator', 'bench')");
            chromium.open(address + "/#/datasets/bench/label");
            double first = chromium.evaluate(FIRST).asDouble();
            List<Double> next =
                    Chromium.numbers(chromium.evaluate(NEXT.replace("COUNT", Integer.toString(LABELS)))).stream()
                            .sorted()
                            .toList();
            BenchReport.say("labelling, %d images of %d×%d, a new browser".formatted(LABELS, WIDTH, HEIGHT));
            BenchReport.maximum("first image, from the start of the page", first, 1000, " ms");
            BenchReport.maximum("next image, median", next.get(LABELS / 2), 50, " ms");
            BenchReport.maximum("next image, 95th percentile", next.get(LABELS * 95 / 100), 50, " ms");
        }
    }

    private static void fill(HttpClient client, String address) throws Exception {
        send(
                client,
                HttpRequest.newBuilder(URI.create(address + "/v1/datasets"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("""
                                {"name": "bench", "task": "classification",
                                 "classes": [{"name": "a", "definition": "", "examples": []},
                                             {"name": "b", "definition": "", "examples": []}]}
                                """)));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < IMAGES; i++) {
            text(
                    body,
                    "--%s\r\nContent-Disposition: form-data; name=\"image\"; filename=\"%d.jpg\"\r\n\r\n"
                            .formatted(BOUNDARY, i));
            body.writeBytes(drawn(i));
            text(body, "\r\n");
        }
        text(body, "--" + BOUNDARY + "--\r\n");
        send(
                client,
                HttpRequest.newBuilder(URI.create(address + "/v1/datasets/bench/items"))
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    private static void text(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpClient client, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(response.body());
        }
    }

    /** Discs on a ground: some 200 kB as JPEG. */
    private static byte[] drawn(int seed) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            pen.setColor(new Color(random.nextInt(0x1000000)));
            int size = 4 + random.nextInt(60);
            pen.fillOval(random.nextInt(WIDTH), random.nextInt(HEIGHT), size, size);
        }
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", bytes);
        return bytes.toByteArray();
    }
}
