/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import io.github.acsidentity.cache.CacheListener.LoadOutcome;
import io.github.acsidentity.cache.CacheListener.RefreshOutcome;
import io.github.acsidentity.cache.CacheStats;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What was injected in a run, and what was seen. */
final class Summary {

    private final StringBuilder text = new StringBuilder();

    Summary(RandomFaults faults, Counts counts, CacheStats stats, Model model, WireTraffic traffic) {
        text.append("Faults injected, by calls struck\n");
        Map<String, AtomicLong> struck = faults.struck();
        struck.forEach(this::line);
        long all = struck.values().stream().mapToLong(AtomicLong::get).sum();
        line("in all", all + " of " + traffic.attempts() + " attempts on the wire");
        text.append("What else was done, and what callers saw\n").append(counts);
        line("longest get", model.longestGet().toMillis() + " ms");
        text.append("The cache\n");
        line("hits", stats.hits());
        line("hits that bridged a failure", stats.outageHits());
        line("failures answered again", stats.refusals());
        line("callers who joined a call", stats.joins());
        line("calls for tokens", stats.calls());
        line("calls whose token was revoked meanwhile", fenced(stats));
        line("calls given up", stats.loads(LoadOutcome.TIMED_OUT));
        line("tokens renewed in the background", stats.refreshes(RefreshOutcome.REFRESHED));
        line("background renewals begun", model.renewals().begun());
        line(
                "of these, some time after a caller saw the token due",
                model.renewals().fromTheLine());
        line("evictions", stats.evictions());
        line("most calls in flight", model.mostInFlight());
        line("most calls in flight for one user and request", model.mostOfOneKey());
        text.append("Budget and quota\n");
        line("calls that waited for the budget, over 100 ms", model.waitedForBudget());
        line("refreshes whose token was spent before their turn", stats.skippedRefreshes());
        line("pauses after a 429", model.budget().pauses());
        line(
                "least left of the budget, of " + (int) Budget.burst(Chaos.POLICY),
                Math.round(10 * model.budget().least()) / 10.0);
        line(
                "most attempts in " + Chaos.QUOTA_WINDOW.toSeconds() + " s of the service's time",
                traffic.mostInAWindow() + " of " + Chaos.QUOTA);
    }

    private static long fenced(CacheStats stats) {
        return stats.loads(LoadOutcome.FENCED) + stats.refreshes(RefreshOutcome.FENCED);
    }

    private void line(String what, Object value) {
        text.append("  ").append(what).append(": ").append(value).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
