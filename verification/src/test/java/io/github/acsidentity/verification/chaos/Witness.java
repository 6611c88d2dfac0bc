/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

/** Sees what comes back to the callers of a run. Concurrent threads call it. */
public interface Witness {

    /** Takes no notice. */
    Witness NONE = new Witness() {
        @Override
        public void returned(String what, Object result) {}

        @Override
        public void failed(String what, Throwable failure) {}
    };

    /** Sees a result. */
    void returned(String what, Object result);

    /** Sees what an operation threw. */
    void failed(String what, Throwable failure);
}
