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

    /** How far a step of time goes in a rush; one is chosen for each. */
    private static final int[] MOST_MILLIS_IN_A_RUSH = {1, 50, 500};

    private static final int MOST_MILLIS_OF_RENEWALS = 500;

    /** The age at which tokens of one hour that were issued at the begin of the leaps are due, and not spent yet. */
    private static final Duration AGE_WHEN_DUE = Duration.ofMinutes(41);

    /** What goes on, one after the other. */
    private enum Stage {
        LEAPS("times of leaps", 30),
        RENEWALS("times of renewals", 40),
        RUSH("rushes", 50);

        private final String name;
        private final int steps;

        Stage(String name, int steps) {
            this.name = name;
            this.steps = steps;
        }

        Stage next() {
            return switch (this) {
                case LEAPS -> RENEWALS;
                case RENEWALS -> RUSH;
                case RUSH -> LEAPS;
            };
        }
    }

    private final FakeIdentityService service;
    private final ShiftingTime time;
    private final AzureKeyCredential credential;
    private final Counts counts;
    private final SplittableRandom random;
    private int steps;
    private int mostMillis;
    private volatile Stage stage = Stage.LEAPS;
    private long leapsBegun;
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
        this.leapsBegun = service.clock().millis();
    }

    /** Returns whether there is a rush, in which time passes slowly enough for the budget to be used up. */
    boolean isRush() {
        return stage == Stage.RUSH;
    }

    void next() {
        if (++steps == stage.steps) {
            steps = 0;
            begin(stage.next());
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

    private void begin(Stage next) {
        counts.add(next.name);
        switch (next) {
            case LEAPS -> leapsBegun = service.clock().millis();
            case RENEWALS -> {
                mostMillis = MOST_MILLIS_OF_RENEWALS;
                long age = service.clock().millis() - leapsBegun;
                service.clock().advance(Duration.ofMillis(Math.max(0, AGE_WHEN_DUE.toMillis() - age)));
            }
            case RUSH -> mostMillis = MOST_MILLIS_IN_A_RUSH[random.nextInt(MOST_MILLIS_IN_A_RUSH.length)];
        }
        stage = next;
    }

    private void letTimePass() {
        if (stage == Stage.LEAPS) {
            counts.add("leaps of time");
            service.clock().advance(Duration.ofSeconds(random.nextLong(5, 150)));
        } else {
            service.clock().advance(Duration.ofMillis(random.nextLong(mostMillis)));
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
