/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.time.Clock;
import java.util.Set;

/** The ways in which the JDK tells the time. */
final class SystemClock {

    private static final Set<String> METHODS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.time.Clock.system",
            "java.time.Clock.systemDefaultZone",
            "java.time.Clock.systemUTC",
            "java.time.Clock.tickMillis",
            "java.time.Clock.tickMinutes",
            "java.time.Clock.tickSeconds",
            "java.time.InstantSource.system",
            "java.util.Calendar.getInstance");
    private static final Set<String> TYPES_MADE_WITHOUT_ARGUMENTS =
            Set.of("java.util.Date", "java.util.GregorianCalendar");

    private SystemClock() {}

    static DescribedPredicate<JavaAccess<?>> isRead() {
        return DescribedPredicate.describe("reads the system clock", access -> isRead(access.getTarget()));
    }

    private static boolean isRead(AccessTarget target) {
        String owner = target.getOwner().getFullName();
        return METHODS.contains(owner + "." + target.getName())
                || (target instanceof CodeUnitAccessTarget called && isNowOrNew(owner, called));
    }

    private static boolean isNowOrNew(String owner, CodeUnitAccessTarget called) {
        boolean now = owner.startsWith("java.time.")
                && called.getName().equals("now")
                && called.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
        boolean constructed = TYPES_MADE_WITHOUT_ARGUMENTS.contains(owner)
                && called.getName().equals("<init>")
                && called.getRawParameterTypes().isEmpty();
        return now || constructed;
    }
}
