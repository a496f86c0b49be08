package dev.fovea.bench.peers;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A server in Python to compare with.
 *
 * @param name as {@code --peer} takes it
 * @param environment the file of requirements below {@code bench/peers/requirements}
 * @param handMade whether it is one of the stacks that engineers write themselves
 * @param command arguments of Python; {@code {port}} stands for its port
 * @param ready path that returns 200 when it takes requests
 * @param upload how it takes images
 * @param settings for {@code pipeline.py}
 */
record Peer(
        String name,
        String environment,
        boolean handMade,
        List<String> command,
        String ready,
        Upload upload,
        Map<String, Object> settings) {

    private static final Map<String, Object> ONE_THREAD =
            Map.of("threads", 1, "workers", 2, "decode", "pillow", "fast", false);

    /** Every peer, the ones that are made by hand first. */
    static final List<Peer> ALL = List.of(
            fastapi("fastapi-1x2", 1, Map.of()),
            fastapi("fastapi-default", 1, Map.of("threads", 0, "workers", 0)),
            fastapi("fastapi-2-processes", 2, Map.of("workers", 1)),
            fastapi("fastapi-cv2", 1, Map.of("decode", "cv2")),
            framework("litserve", "/health", Upload.RAW, List.of("litserve_server.py")),
            framework("mlserver", "/v2/models/bench/ready", Upload.RAW, List.of("mlserver_server.py")),
            framework(
                    "bentoml",
                    "/readyz",
                    Upload.form("images"),
                    List.of(
                            "-m",
                            "bentoml",
                            "serve",
                            "bentoml_server:Classifier",
                            "--host",
                            "127.0.0.1",
                            "--port",
                            "{port}")),
            framework("ray-serve", "/health", Upload.RAW, List.of("ray_server.py")));

    private static Peer framework(String name, String ready, Upload upload, List<String> command) {
        return new Peer(name, name, false, command, ready, upload, ONE_THREAD);
    }

    private static Peer fastapi(String name, int processes, Map<String, Object> settings) {
        return new Peer(
                name,
                "fastapi",
                true,
                List.of(
                        "-m",
                        "uvicorn",
                        "fastapi_server:app",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "{port}",
                        "--workers",
                        String.valueOf(processes),
                        "--loop",
                        "uvloop",
                        "--http",
                        "httptools",
                        "--no-access-log",
                        "--log-level",
                        "warning"),
                "/health",
                Upload.RAW,
                with(settings));
    }

    private static Map<String, Object> with(Map<String, Object> settings) {
        Map<String, Object> all = new TreeMap<>(ONE_THREAD);
        all.putAll(settings);
        return Map.copyOf(all);
    }

    boolean decodesFast() {
        return Boolean.TRUE.equals(settings.get("fast"));
    }

    /** The same peer where images are decoded at a reduced scale: Pillow's {@code draft}, OpenCV's reduced flags. */
    Peer decoding(PeerSubject.Decode decode) {
        if (decode == PeerSubject.Decode.EXACT) {
            return this;
        }
        Map<String, Object> all = new TreeMap<>(settings);
        all.put("fast", true);
        return new Peer(name, environment, handMade, command, ready, upload, Map.copyOf(all));
    }
}
