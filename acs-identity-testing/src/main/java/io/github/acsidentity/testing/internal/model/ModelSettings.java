/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a model is made of.
 *
 * @param clock the time by which tokens expire, revocations spread and quotas are counted
 * @param seed where ids and keys start
 * @param replies the answers in cases that nobody has seen, where they are not the default ones
 * @param delays what waits out latencies
 * @param recordedCalls how many calls are kept
 * @param revocationDelay how long revoked tokens still work
 * @param quotas how many calls each resource takes
 */
public record ModelSettings(
        TimeSource clock,
        long seed,
        Map<UnprovenCase, Reply> replies,
        Delays delays,
        int recordedCalls,
        Duration revocationDelay,
        List<QuotaLimit> quotas) {

    /** Copies the collections. */
    public ModelSettings {
        replies = Map.copyOf(replies);
        quotas = List.copyOf(quotas);
    }
}
