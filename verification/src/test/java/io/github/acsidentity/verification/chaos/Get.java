/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import io.github.acsidentity.TokenRequest;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A get under way.
 *
 * @param demanded what must be left of the token, in milliseconds, if it is more than the policy demands
 * @param fencedUntil tokens asked for before this are not for this get
 * @param held what was handed out before, if anything
 * @param begun the true time
 * @param nanos the same in ticks of this JVM
 * @param evictions how many evictions there had been
 * @param own the call that the calling thread has made for this get, if it has
 */
record Get(
        Watched user,
        TokenRequest request,
        long demanded,
        long fencedUntil,
        @Nullable HandedOut held,
        long begun,
        long nanos,
        long evictions,
        AtomicReference<@Nullable Call> own) {

    /**
     * A token that a get has returned.
     *
     * @param evictions how many evictions there had been when that get began
     */
    record HandedOut(Call call, long evictions) {}
}
