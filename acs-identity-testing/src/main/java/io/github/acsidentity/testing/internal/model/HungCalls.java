/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The calls that get no answer, each with the rule that struck it. Safe for use by concurrent threads. */
final class HungCalls {

    private final Set<HungCall> calls = ConcurrentHashMap.newKeySet();

    private record HungCall(FaultRule rule, CompletableFuture<@Nullable Void> release) {}

    /** Adds a call; what is returned completes when it is released, and whoever completes it takes the call out. */
    CompletableFuture<@Nullable Void> add(FaultRule rule) {
        HungCall call = new HungCall(rule, new CompletableFuture<>());
        calls.add(call);
        CompletableFuture<?> unused = call.release().thenRun(() -> calls.remove(call));
        return call.release();
    }

    /** Releases the calls that such a rule struck. */
    void release(Predicate<FaultRule> wanted) {
        for (HungCall call : calls) {
            if (wanted.test(call.rule())) {
                call.release().complete(null);
            }
        }
    }
}
