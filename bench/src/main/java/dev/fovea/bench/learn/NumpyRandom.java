package dev.fovea.bench.learn;

import java.util.stream.IntStream;

/**
 * The numbers of {@code numpy.random.RandomState(seed)}: the Mersenne Twister of M. Matsumoto and T. Nishimura (1998),
 * seeded by {@code init_genrand}, and numpy's shuffle by masked rejection.
 */
final class NumpyRandom {

    private static final int N = 624;
    private static final int M = 397;

    private final int[] state = new int[N];
    private int at = N;

    NumpyRandom(int seed) {
        state[0] = seed;
        for (int i = 1; i < N; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    private int next() {
        if (at == N) {
            for (int i = 0; i < N; i++) {
                int y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
                state[i] = state[(i + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
            }
            at = 0;
        }
        int y = state[at++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    /** From 0 to the maximum, both included. */
    private int interval(int max) {
        int mask = max == 0 ? 0 : -1 >>> Integer.numberOfLeadingZeros(max);
        int value = next() & mask;
        while (value > max) {
            value = next() & mask;
        }
        return value;
    }

    /** {@code permutation(n)}. */
    int[] permutation(int n) {
        int[] values = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int other = interval(i);
            int kept = values[i];
            values[i] = values[other];
            values[other] = kept;
        }
        return values;
    }
}
