package dev.fovea.bench.peers;

import dev.fovea.bench.BenchSeries;
import dev.fovea.bench.ClosedLoop;

/**
 * What the rounds measured of one contender.
 *
 * @param throughput images/s
 * @param processor CPU per image of all its processes, ms
 * @param p50 latency, ms
 * @param p99 latency, ms
 * @param resident memory of all its processes, MB
 */
record PeerFigures(
        Contender contender,
        BenchSeries throughput,
        BenchSeries processor,
        BenchSeries p50,
        BenchSeries p99,
        BenchSeries resident) {

    static PeerFigures of(Contender contender) {
        String name = contender.name();
        return new PeerFigures(
                contender,
                new BenchSeries(name),
                new BenchSeries(name),
                new BenchSeries(name),
                new BenchSeries(name),
                new BenchSeries(name));
    }

    void add(ClosedLoop.LoopFigures round, double megabytes) {
        throughput.add(round.perSecond());
        processor.add(round.processorMs());
        p50.add(round.p50());
        p99.add(round.p99());
        resident.add(megabytes);
    }
}
