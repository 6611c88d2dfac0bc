/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The way from a service to its model, for the doors in other packages of this module: the class of services is
 * exported and therefore does not show it.
 */
public final class ModelAccess {

    /** Set once, before the first service exists. */
    private static final CompletableFuture<Function<Object, ServiceModel>> WAY = new CompletableFuture<>();

    private ModelAccess() {}

    /** Lets the class of services show the way. */
    public static void provide(Function<Object, ServiceModel> way) {
        WAY.complete(way);
    }

    /** Returns the model of a service. */
    public static ServiceModel modelOf(Object service) {
        Objects.requireNonNull(service, "service");
        return WAY.join().apply(service);
    }
}
