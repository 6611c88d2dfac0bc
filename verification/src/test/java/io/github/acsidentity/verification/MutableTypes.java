/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentMap;

/** Types of which a static field is shared state: tests that run in parallel, or two managers, would see each other. */
final class MutableTypes {

    private static final List<Class<?>> TYPES = List.of(
            ArrayList.class,
            ConcurrentMap.class,
            Deque.class,
            HashMap.class,
            HashSet.class,
            Queue.class,
            StringBuilder.class,
            ThreadLocal.class,
            TreeMap.class,
            TreeSet.class);

    private MutableTypes() {}

    static boolean matches(JavaClass type) {
        boolean atomic = type.getPackageName().equals("java.util.concurrent.atomic")
                && !type.getSimpleName().endsWith("FieldUpdater");
        return atomic || TYPES.stream().anyMatch(type::isAssignableTo);
    }
}
