/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.directory;

import io.github.acsidentity.directory.UserMappingStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Lets calls of a store fail, before or after they have happened. */
final class CrashingStore {

    private final AtomicReference<String> point = new AtomicReference<>("");
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>(new CrashException());
    private final Map<String, Runnable> events = new ConcurrentHashMap<>();
    private final UserMappingStore store;

    CrashingStore(UserMappingStore delegate) {
        this.store = (UserMappingStore) Proxy.newProxyInstance(
                UserMappingStore.class.getClassLoader(),
                new Class<?>[] {UserMappingStore.class},
                (proxy, method, arguments) -> {
                    meet(method.getName());
                    failAt("before " + method.getName());
                    try {
                        Object result = method.invoke(delegate, arguments);
                        meet("after " + method.getName());
                        failAt("after " + method.getName());
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** As when the process is gone: what comes after it does not happen. */
    static final class CrashException extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    UserMappingStore store() {
        return store;
    }

    void crashAt(String where) {
        failWith(new CrashException(), where);
    }

    void failWith(RuntimeException what, String where) {
        failure.set(what);
        point.set(where);
    }

    void heal() {
        point.set("");
    }

    /** Lets something happen just before the next call of a method. */
    void beforeNext(String method, Runnable event) {
        events.put(method, event);
    }

    private void meet(String method) {
        Runnable event = events.remove(method);
        if (event != null) {
            event.run();
        }
    }

    private void failAt(String where) {
        if (where.equals(point.get())) {
            throw failure.get();
        }
    }
}
