/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.annotation.Annotation;

/** Conditions that ArchUnit does not bring. */
final class Conditions {

    private Conditions() {}

    static ArchCondition<JavaClass> haveAPackageAnnotatedWith(Class<? extends Annotation> annotation) {
        return new ArchCondition<>("have a package annotated with @" + annotation.getSimpleName()) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean satisfied = type.getPackage().isAnnotatedWith(annotation);
                events.add(new SimpleConditionEvent(type, satisfied, type.getDescription()));
            }
        };
    }
}
