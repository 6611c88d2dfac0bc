/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.internal.model.CallRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** A call that reached the fake service, and what became of it; holds no secrets. */
public final class RecordedCall {

    private final CallRecord call;

    RecordedCall(CallRecord call) {
        this.call = call;
    }

    /**
     * Returns what was called.
     *
     * @return the operation
     */
    public IdentityOperation operation() {
        return call.operation();
    }

    /**
     * Returns which user the call was about, or created.
     *
     * @return the user, if there is one
     */
    public Optional<UserId> user() {
        return Optional.ofNullable(call.user());
    }

    /**
     * Returns which resource was called.
     *
     * @return the {@linkplain FakeResource#id() id of the resource}, if the call got so far as to be recognised
     */
    public Optional<String> resourceId() {
        return Optional.ofNullable(call.resourceId());
    }

    /**
     * Returns when the call was made.
     *
     * @return the time on the clock of the service
     */
    public Instant time() {
        return Instant.ofEpochMilli(call.millis());
    }

    /**
     * Returns the request id that the caller sent; it is the same for all attempts at one call of the SDK.
     *
     * @return the id, if the caller sent one
     */
    public Optional<String> requestId() {
        return Optional.ofNullable(call.requestId());
    }

    /**
     * Returns what the service answered or, if the answer was lost, would have answered.
     *
     * @return the HTTP status; nothing if a fault struck before the operation was carried out and left no answer, or if
     *     the fake itself failed
     */
    public OptionalInt status() {
        return call.status() == 0 ? OptionalInt.empty() : OptionalInt.of(call.status());
    }

    /**
     * Returns the error code of the answer.
     *
     * @return the code, if the answer was an error and had one
     */
    public Optional<String> errorCode() {
        return Optional.ofNullable(call.errorCode());
    }

    /**
     * Returns whether the service answered in a way that the caller can read.
     *
     * @return {@code false} if a fault took the answer or its body away, or if the fake itself failed
     */
    public boolean answered() {
        return call.answered();
    }

    /** Returns what is known of the call. */
    @Override
    public String toString() {
        return "RecordedCall[operation=" + call.operation() + ", user=" + call.user() + ", resourceId="
                + call.resourceId() + ", time=" + time() + ", requestId=" + call.requestId() + ", status="
                + call.status() + ", errorCode=" + call.errorCode() + ", answered=" + call.answered() + "]";
    }
}
