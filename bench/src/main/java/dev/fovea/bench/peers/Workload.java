package dev.fovea.bench.peers;

/** What is measured. */
enum Workload {
    /** Photographs of 100 kB, 8 clients, closed loop. */
    PHOTOGRAPHS
}
