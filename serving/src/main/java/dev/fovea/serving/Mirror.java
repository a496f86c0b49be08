package dev.fovea.serving;

/** Sees what the chosen version predicted for an image. Called on the request's thread; must not block or throw. */
public interface Mirror {

    /** Sees nothing. */
    Mirror NONE = (request, prediction) -> {};

    /** A version predicted an image. */
    void mirror(PredictionRequest request, ServedPrediction prediction);
}
