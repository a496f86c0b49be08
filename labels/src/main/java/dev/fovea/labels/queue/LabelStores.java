package dev.fovea.labels.queue;

/** Where the queue and the pilots are stored. */
public record LabelStores(LabelStore labels, PilotStore pilots) {}
