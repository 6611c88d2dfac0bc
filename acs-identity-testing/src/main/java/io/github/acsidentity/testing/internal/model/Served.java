/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a call.
 *
 * @param outcome what the caller gets
 * @param delay how long it takes, in transport time
 * @param body what becomes of the body of the outcome, if it has one
 * @param end what the door tells how the call ends: just before the caller gets the outcome, or when it sees that the
 *     caller has given up; only the first time counts
 */
public record Served<T>(Outcome<T> outcome, Duration delay, Body body, Consumer<Delivery> end) {

    /** What becomes of the body of an answer. */
    public sealed interface Body {}

    /** It arrives as it is. */
    public record Whole() implements Body {}

    /** The connection breaks in the middle of it. */
    public record Truncated() implements Body {}

    /** It is not what it should be. */
    public record Malformed() implements Body {}

    /** Half of it comes late. */
    public record Slow(Duration time) implements Body {}

    /** What the caller gets. */
    public sealed interface Outcome<T> {}

    /** The operation was carried out. */
    public record Done<T>(T value) implements Outcome<T> {}

    /** The operation was refused. */
    public record Refused<T>(Refusal refusal) implements Outcome<T> {}

    /** There is no answer, and the caller notices. */
    public record Dropped<T>() implements Outcome<T> {}

    /**
     * There is no answer, and the caller does not notice.
     *
     * @param release completes when there is no longer a reason to keep the caller waiting
     */
    public record Hung<T>(CompletableFuture<@Nullable Void> release) implements Outcome<T> {}
}
