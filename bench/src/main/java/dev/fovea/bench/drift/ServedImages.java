package dev.fovea.bench.drift;

import dev.fovea.config.SettingsReader;
import dev.fovea.model.Bundle;
import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.monitoring.sketch.ImageNumbers;
import dev.fovea.server.FoveaServer;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.reference.Reference;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * The numbers of real images in all their changes, through a real model that a server of this process serves; kept in a
 * file, because serving takes minutes.
 *
 * @param coordinates what the numbers are
 * @param classes of the images; the model does not know the last one
 * @param rows by change, {@code [images][coordinates]}
 */
@SuppressWarnings("ArrayRecordComponent") // large, not compared
record ServedImages(List<Coordinate> coordinates, int[] classes, int unknown, Map<PixelChange, double[][]> rows) {

    /** Serves the images, or reads what was kept of them. */
    static ServedImages of(Path home, String model, LabelledImages images, Path kept)
            throws IOException, InterruptedException {
        try (FoveaServer server = FoveaServer.start(
                SettingsReader.read(home, Map.of("server.port", "0", "traffic.log", "false"), Map.of()))) {
            Bundle bundle = server.application()
                    .home()
                    .bundles()
                    .bundle(server.application()
                            .registry()
                            .version(model, Optional.empty())
                            .bundleId());
            ImageNumbers numbers = ImageNumbers.of(bundle.manifest(), Reference.of(bundle));
            List<Coordinate> coordinates = numbers.coordinates();
            long bytes = (long) PixelChange.values().length * images.files().size() * coordinates.size() * Double.BYTES;
            if (!Files.exists(kept) || Files.size(kept) != bytes) {
                write(kept, serve(server, model, images, numbers));
            }
            return read(kept, coordinates, images);
        }
    }

    /** The images of the classes that the model knows. */
    ImagePool pool(PixelChange change) {
        return ImagePool.of(coordinates, Objects.requireNonNull(rows.get(change)), classes, unknown);
    }

    /** The images of the class that it does not know, unchanged. */
    double[][] strangers() {
        double[][] all = Objects.requireNonNull(rows.get(PixelChange.NONE));
        return IntStream.range(0, all.length)
                .filter(i -> classes[i] == unknown)
                .mapToObj(i -> all[i])
                .toArray(double[][]::new);
    }

    private static List<double[][]> serve(FoveaServer server, String model, LabelledImages images, ImageNumbers numbers)
            throws IOException, InterruptedException {
        int count = images.files().size();
        Map<String, double[]> byRequest = new ConcurrentHashMap<>();
        CountDownLatch left = new CountDownLatch(PixelChange.values().length * count);
        server.application().stream()
                .subscribe(
                        "bench",
                        rows -> rows.forEach((LoggedPrediction row) -> {
                            byRequest.put(row.request().id(), numbers.of(row));
                            left.countDown();
                        }));
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (PixelChange change : PixelChange.values()) {
                for (int i = 0; i < count; i++) {
                    byte[] file = change.apply(
                            Files.readAllBytes(images.files().get(i).file()), i);
                    HttpResponse<String> response = client.send(
                            HttpRequest.newBuilder(URI.create(server.address() + "/v1/models/" + model + "/predict"))
                                    .header("X-Request-Id", change + "-" + i)
                                    .POST(BodyPublishers.ofByteArray(file))
                                    .build(),
                            BodyHandlers.ofString());
                    if (response.statusCode() != 200) {
                        throw new IOException(response.body());
                    }
                }
            }
        }
        left.await();
        List<double[][]> all = new ArrayList<>();
        for (PixelChange change : PixelChange.values()) {
            all.add(IntStream.range(0, count)
                    .mapToObj(i -> Objects.requireNonNull(byRequest.get(change + "-" + i)))
                    .toArray(double[][]::new));
        }
        return all;
    }

    private static void write(Path kept, List<double[][]> all) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(kept)))) {
            for (double[][] rows : all) {
                for (double[] row : rows) {
                    for (double value : row) {
                        out.writeDouble(value);
                    }
                }
            }
        }
    }

    private static ServedImages read(Path kept, List<Coordinate> coordinates, LabelledImages images)
            throws IOException {
        Map<PixelChange, double[][]> all = new EnumMap<>(PixelChange.class);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(kept)))) {
            for (PixelChange change : PixelChange.values()) {
                double[][] rows = new double[images.files().size()][coordinates.size()];
                for (double[] row : rows) {
                    for (int j = 0; j < row.length; j++) {
                        row[j] = in.readDouble();
                    }
                }
                all.put(change, rows);
            }
        }
        return new ServedImages(
                coordinates,
                images.files().stream()
                        .mapToInt(LabelledImages.LabelledFile::label)
                        .toArray(),
                images.unknown(),
                all);
    }
}
