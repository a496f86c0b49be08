package dev.fovea.bench.peers;

import java.util.ArrayList;
import java.util.List;

/**
 * The command line: {@code [WORKLOAD...] [--rounds N] [--images N] [--warm-up N] [--peer NAME...]}.
 *
 * @param workloads what to run, in order
 * @param rounds interleaved rounds
 * @param images images of one round
 * @param warmUp images that Fovea predicts before the first round, while the JIT compiles; peers predict a tenth
 * @param peers names of peers; empty for all
 */
record PeerOptions(List<Workload> workloads, int rounds, int images, int warmUp, List<String> peers) {

    private static final int ROUNDS = 6;
    static final int IMAGES = 240;
    private static final int WARM_UP = 3_000;

    static PeerOptions parse(String[] arguments) {
        List<Workload> workloads = new ArrayList<>();
        List<String> peers = new ArrayList<>();
        int rounds = ROUNDS;
        int images = IMAGES;
        int warmUp = WARM_UP;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                case "--images" -> images = Integer.parseInt(arguments[++i]);
                case "--warm-up" -> warmUp = Integer.parseInt(arguments[++i]);
                case "--peer" -> {
                    while (i + 1 < arguments.length && !arguments[i + 1].startsWith("--")) {
                        peers.add(known(arguments[++i]));
                    }
                }
                default -> workloads.add(Workload.parse(arguments[i]));
            }
        }
        return new PeerOptions(
                workloads.isEmpty() ? List.of(Workload.PHOTOGRAPHS) : workloads, rounds, images, warmUp, peers);
    }

    private static String known(String name) {
        List<String> names = Peer.ALL.stream().map(Peer::name).toList();
        if (!names.contains(name)) {
            throw new IllegalArgumentException(
                    "No peer is named %s. Name one of %s.".formatted(name, String.join(", ", names)));
        }
        return name;
    }

    /** For images that take longer. */
    PeerOptions withImagesDividedBy(int divisor) {
        return new PeerOptions(workloads, rounds, Math.max(1, images / divisor), Math.max(1, warmUp / divisor), peers);
    }

    boolean wants(Peer peer) {
        return peers.isEmpty() || peers.contains(peer.name());
    }
}
