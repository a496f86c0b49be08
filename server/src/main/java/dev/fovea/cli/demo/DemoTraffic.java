package dev.fovea.cli.demo;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.synthetic.Fabric;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Cameras that send fabric images to the API over HTTP, as a plant's would. */
final class DemoTraffic implements AutoCloseable {

    private static final int CAMERAS = 4;
    private static final FabricClass[] KINDS = FabricClass.values();

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService cameras = Executors.newFixedThreadPool(
            CAMERAS, Thread.ofPlatform().name("camera-", 0).daemon().factory());
    private final JsonMapper json = new JsonMapper();
    private final URI predict;
    private final AtomicInteger sent = new AtomicInteger();

    DemoTraffic(String address, String model) {
        this.predict = URI.create(address + "/v1/models/" + model + "/predict?top=1");
    }

    /** An image of known content. */
    record Shot(FabricClass truth, byte[] jpeg) {}

    /**
     * What came back, and when.
     *
     * @param id of the request
     * @param truth what the image shows
     */
    record Response(String id, FabricClass truth, int status, int version, double confidence, boolean right, long at) {}

    /** Draws images on all cores. */
    List<Shot> draw(int count, long seed, Fabric.Conditions conditions) {
        List<Callable<Shot>> drawings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            FabricClass kind = KINDS[i % KINDS.length];
            long one = seed + i;
            drawings.add(() -> new Shot(kind, Fabric.jpeg(kind, one, conditions)));
        }
        return all(drawings);
    }

    /** Sends {@code count} requests, cycling through the images, each under a request key of its own. */
    List<Response> send(List<Shot> shots, int count, Runnable each) {
        List<Callable<Response>> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Shot shot = shots.get(i % shots.size());
            requests.add(() -> {
                Response response = send(shot);
                each.run();
                return response;
            });
        }
        return all(requests);
    }

    private Response send(Shot shot) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(predict)
                .header("Content-Type", "image/jpeg")
                // cached responses would hide the network
                .header("Cache-Control", "no-store")
                .header("X-Request-Key", "roll-" + sent.incrementAndGet())
                .POST(HttpRequest.BodyPublishers.ofByteArray(shot.jpeg()))
                .build();
        HttpResponse<String> http = client.send(request, HttpResponse.BodyHandlers.ofString());
        long at = System.nanoTime();
        String id = http.headers().firstValue("X-Request-Id").orElse("");
        if (http.statusCode() != 200) {
            return new Response(id, shot.truth(), http.statusCode(), 0, 0, false, at);
        }
        JsonNode body = json.readTree(http.body());
        return new Response(
                id,
                shot.truth(),
                200,
                body.get("version").intValue(),
                body.get("confidence").doubleValue(),
                body.get("label").stringValue().equals(shot.truth().label()),
                at);
    }

    private <T> List<T> all(List<Callable<T>> work) {
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : cameras.invokeAll(work)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The demo was stopped.", e);
        } catch (ExecutionException e) {
            throw new FoveaException(
                    ErrorCode.INTERNAL, "The demo could not reach its own server: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() {
        cameras.shutdownNow();
        client.close();
    }

    /** The share of right responses of a version, in percent. */
    static String right(List<Response> responses, int version) {
        return String.format(
                Locale.ROOT,
                "%.1f %%",
                100
                        * responses.stream()
                                .filter(response -> response.version() == version)
                                .mapToInt(response -> response.right() ? 1 : 0)
                                .average()
                                .orElse(0));
    }

    /** The mean confidence. */
    static double confidence(List<Response> responses) {
        return responses.stream().mapToDouble(Response::confidence).average().orElse(0);
    }
}
