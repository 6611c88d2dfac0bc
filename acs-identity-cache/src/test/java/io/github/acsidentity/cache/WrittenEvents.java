/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes down what it hears. */
final class WrittenEvents implements CacheListener {

    final List<String> events = new ArrayList<>();

    @Override
    public void onLoad(LoadReason reason, LoadOutcome outcome, Duration duration) {
        events.add("load " + reason + " " + outcome + " " + duration);
    }

    @Override
    public void onRefresh(RefreshOutcome outcome, Duration duration) {
        events.add("refresh " + outcome + " " + duration);
    }

    @Override
    public void onReturn(Duration remaining) {
        events.add("return " + remaining);
    }

    @Override
    public void onRevocation(boolean succeeded) {
        events.add("revocation " + succeeded);
    }

    @Override
    public void onEviction() {
        events.add("eviction");
    }
}
