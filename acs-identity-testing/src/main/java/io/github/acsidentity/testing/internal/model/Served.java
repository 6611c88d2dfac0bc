/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import java.time.Duration;

/**
 * What becomes of a call.
 *
 * @param outcome what the caller gets
 * @param delay how long it takes, in transport time
 */
public record Served<T>(Outcome<T> outcome, Duration delay) {

    /** What the caller gets. */
    public sealed interface Outcome<T> {}

    /** The operation was carried out. */
    public record Done<T>(T value) implements Outcome<T> {}

    /** The operation was refused. */
    public record Refused<T>(Refusal refusal) implements Outcome<T> {}

    /** There is no answer, and the caller notices. */
    public record Dropped<T>() implements Outcome<T> {}

    /** There is no answer, and the caller does not notice. */
    public record Hung<T>() implements Outcome<T> {}
}
