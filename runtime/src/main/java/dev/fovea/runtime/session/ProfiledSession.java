package dev.fovea.runtime.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A session that records the run time of each operator. The owner closes it, which deletes the record. */
public final class ProfiledSession implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String KERNEL = "_kernel_time";

    private final OrtSession library;
    private final Session session;
    private final Path folder;

    ProfiledSession(OrtSession library, Session session, Path folder) {
        this.library = library;
        this.session = session;
        this.folder = folder;
    }

    /** Where a session of this folder leaves the graph that it runs. */
    static Path graph(Path folder) {
        return folder.resolve("graph.onnx");
    }

    /** As {@link Session#run}. */
    public List<Tensor> run(List<Tensor> inputs) {
        return session.run(inputs);
    }

    /** What was seen in all runs; the session can run on, and no longer writes anything down. */
    public Profile end() {
        try {
            Path events = Path.of(library.endProfiling());
            Map<String, List<JsonNode>> byOperator = Files.readAllLines(events).stream()
                    .flatMap(line -> event(line).stream())
                    .filter(event -> event.path("cat").asString().equals("Node"))
                    .filter(event -> event.path("name").asString().endsWith(KERNEL))
                    .collect(Collectors.groupingBy(ProfiledSession::operatorName));
            Map<String, Profile.ProfiledOperator> operators = new HashMap<>();
            byOperator.forEach((name, seen) -> operators.put(name, operator(seen)));
            return new Profile(OnnxModel.read(graph(folder)), operators);
        } catch (OrtException e) {
            throw new FoveaException(ErrorCode.INTERNAL, "The operator profile could not be read.", e);
        } catch (IOException e) {
            throw Engine.noRoom(e);
        }
    }

    /** An event is a line. The library does not escape names: a line with a quote in one tells of no operator. */
    private static Optional<JsonNode> event(String line) {
        String event = line.strip().replaceFirst("^\\[", "").replaceFirst("[,\\]]$", "");
        try {
            return event.startsWith("{") ? Optional.of(MAPPER.readTree(event)) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static String operatorName(JsonNode event) {
        String name = event.path("name").asString();
        return name.substring(0, name.length() - KERNEL.length());
    }

    private static Profile.ProfiledOperator operator(List<JsonNode> events) {
        double[] micros = events.stream()
                .mapToDouble(event -> event.path("dur").asDouble())
                .sorted()
                .toArray();
        JsonNode about = events.getFirst().path("args");
        long values = 0;
        for (JsonNode output : about.path("output_type_shape")) {
            for (JsonNode shape : output) {
                long product = 1;
                for (JsonNode axis : shape) {
                    product *= axis.asLong();
                }
                values += product;
            }
        }
        return new Profile.ProfiledOperator(about.path("op_name").asString(), micros[micros.length / 2], values);
    }

    @Override
    public void close() {
        session.close();
        remove(folder);
    }

    static void remove(Path folder) {
        try (Stream<Path> left = Files.list(folder)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw Engine.noRoom(e);
        }
    }
}
