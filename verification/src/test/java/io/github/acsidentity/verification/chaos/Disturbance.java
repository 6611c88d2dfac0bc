/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import com.azure.core.credential.AzureKeyCredential;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.FakeResource;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.Faults;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Lets time pass in leaps, sets the wall clock of the cache's machine, replaces keys, and makes the service fail. */
final class Disturbance {

    private static final int STEPS_OF_LEAPS = 30;
    private static final int STEPS_OF_A_RUSH = 50;

    /** How far a step of time goes in a rush; one is chosen for each. */
    private static final int[] MOST_MILLIS_IN_A_RUSH = {1, 50, 500};

    private final FakeIdentityService service;
    private final ShiftingTime time;
    private final AzureKeyCredential credential;
    private final Counts counts;
    private final SplittableRandom random;
    private int steps;
    private int mostMillis;
    private volatile boolean rush;
    private boolean onPrimary = true;
    private Faults.@Nullable Rule outage;
    private boolean staleKey;

    Disturbance(
            FakeIdentityService service,
            ShiftingTime time,
            AzureKeyCredential credential,
            Counts counts,
            SplittableRandom random) {
        this.service = service;
        this.time = time;
        this.credential = credential;
        this.counts = counts;
        this.random = random;
    }

    /** Returns whether there is a rush, in which time passes slowly enough for the budget to be used up. */
    boolean isRush() {
        return rush;
    }

    void next() {
        if (++steps == (rush ? STEPS_OF_A_RUSH : STEPS_OF_LEAPS)) {
            steps = 0;
            rush = !rush;
            mostMillis = MOST_MILLIS_IN_A_RUSH[random.nextInt(MOST_MILLIS_IN_A_RUSH.length)];
            counts.add(rush ? "rushes" : "times of leaps");
        }
        if (staleKey) {
            credential.update(service.resource().secondaryKey());
            onPrimary = false;
            staleKey = false;
        }
        int choice = random.nextInt(100);
        if (choice < 55) {
            letTimePass();
        } else if (choice < 70) {
            counts.add("wall-clock steps");
            long bound = Model.LARGEST_WALL_OFFSET.toMillis();
            time.setWallOffset(random.nextLong(-bound, bound));
        } else if (choice < 75) {
            rotateKeys();
        } else if (choice < 77 && outage == null) {
            counts.add("outages");
            outage = service.faults().on().always(Fault.status(503));
        } else if (choice < 85) {
            endOutage();
        }
    }

    private void letTimePass() {
        if (rush) {
            service.clock().advance(Duration.ofMillis(random.nextLong(mostMillis)));
        } else {
            counts.add("leaps of time");
            service.clock().advance(Duration.ofSeconds(random.nextLong(5, 150)));
        }
    }

    /** As it is done: the client moves to the other key, then the one that it has used is replaced. */
    private void rotateKeys() {
        FakeResource resource = service.resource();
        if (onPrimary && random.nextInt(4) == 0) {
            counts.add("keys replaced before the client knew");
            resource.regeneratePrimaryKey();
            staleKey = true;
            return;
        }
        counts.add("key rotations");
        if (onPrimary) {
            resource.regenerateSecondaryKey();
            credential.update(resource.secondaryKey());
            resource.regeneratePrimaryKey();
        } else {
            credential.update(resource.primaryKey());
            resource.regenerateSecondaryKey();
        }
        onPrimary = !onPrimary;
    }

    private void endOutage() {
        if (outage != null) {
            outage.remove();
            outage = null;
        }
    }
}
