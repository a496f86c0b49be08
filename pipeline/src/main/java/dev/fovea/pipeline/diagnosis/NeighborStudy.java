package dev.fovea.pipeline.diagnosis;

/** Whether distances between all images can be computed in seconds. */
final class NeighborStudy {

    private static final double MAX_PRODUCTS = 4e10;

    private NeighborStudy() {}

    static boolean isFeasible(StudiedSet set) {
        double rows = set.given().length;
        return rows * rows * set.features().features().columns() <= MAX_PRODUCTS;
    }
}
