package io.github.upgradehandler.client;

import io.github.upgradehandler.CloseEvent;
import java.util.Optional;

/**
 * What is known before a connection is tried.
 *
 * @param number of tries since there was a stable connection, from 1
 * @param lastClose how the last connection ended; empty if there was none
 * @param lastFailure why the last try failed; empty if it did not
 */
public record ReconnectAttempt(
    int number, Optional<CloseEvent> lastClose, Optional<Throwable> lastFailure) {}
