package dev.fovea.alerts;

import java.time.Duration;
import java.time.Instant;

/**
 * One try to deliver.
 *
 * @param delivery the id of the delivery
 * @param number from 1
 * @param took until the answer or the failure
 * @param delivered whether the receiver took it
 * @param detail its answer, or the failure, without secrets
 */
public record DeliveryAttempt(
        String delivery, int number, Instant at, Duration took, boolean delivered, String detail) {}
