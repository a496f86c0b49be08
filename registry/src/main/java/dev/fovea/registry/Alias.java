package dev.fovea.registry;

/** A name that stands for one version of a model and moves. */
public enum Alias {
    /** The version that serves requests. */
    PRODUCTION,
    /** The version that may become production next: the one last registered or last given canary traffic. */
    CANDIDATE
}
