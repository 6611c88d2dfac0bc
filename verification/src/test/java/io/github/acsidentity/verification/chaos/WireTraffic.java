/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.RecordedCall;
import java.time.Instant;
import java.util.List;

/**
 * What has reached the service.
 *
 * @param attempts how many there were in all
 * @param mostInAWindow how many attempts to get a token there were in one window of the quota
 */
record WireTraffic(int attempts, int mostInAWindow) {

    static WireTraffic of(FakeIdentityService service) {
        List<Instant> times = service.calls(IdentityOperation.GET_TOKEN).stream()
                .map(RecordedCall::time)
                .toList();
        return new WireTraffic(service.calls().size(), mostInAWindow(times));
    }

    static int mostInAWindow(List<Instant> times) {
        List<Instant> sorted = times.stream().sorted().toList();
        int most = 0;
        int first = 0;
        for (int last = 0; last < sorted.size(); last++) {
            while (!sorted.get(last).isBefore(sorted.get(first).plus(Chaos.QUOTA_WINDOW))) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    /** No window of the quota may hold more attempts than it allows, retries of the adapter included. */
    void check(Model model) {
        if (mostInAWindow > Chaos.QUOTA) {
            model.violated("more attempts than the quota allows", mostInAWindow + " in a window");
        }
    }
}
