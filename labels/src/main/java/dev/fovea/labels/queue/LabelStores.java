package dev.fovea.labels.queue;

import dev.fovea.labels.wrong.ConfirmationStore;

/** Where the queue, the pilots and decisions about suspect labels are stored. */
public record LabelStores(LabelStore labels, PilotStore pilots, ConfirmationStore confirmations) {}
