/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.malformed;

import io.github.acsidentity.cache.RefreshPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Properties of refresh policies; what is accepted must be read back as it was. */
final class PolicyProperties implements Target {

    private static final Map<String, String> VALID = valid();
    private static final List<String> KEYS = List.copyOf(VALID.keySet());
    private static final List<String> VALUES = List.copyOf(VALID.values());

    private static Map<String, String> valid() {
        Map<String, String> properties = new HashMap<>(RefreshPolicy.vending().toProperties());
        properties.put("preset", "server-side");
        properties.put("maximum-retry-delay", "PT2M");
        properties.put("connection-string", "endpoint=https://a.communication.azure.com;accesskey=" + Secrets.KEY);
        properties.put("token", Secrets.TOKEN);
        properties.put("access-key", Secrets.KEY);
        return properties;
    }

    @Override
    public String name() {
        return "properties of policies";
    }

    @Override
    public String feed(Mutations mutations, Consumer<String> input) {
        Map<String, String> properties = new HashMap<>();
        do {
            add(properties, mutations);
        } while (mutations.oneIn(2) || !isSpoiled(properties));
        input.accept(new TreeMap<>(properties).toString());
        RefreshPolicy policy = RefreshPolicy.fromProperties(properties);
        if (!RefreshPolicy.fromProperties(policy.toProperties()).equals(policy)) {
            throw new IllegalStateException("Not read back: " + new ArrayList<>(properties.entrySet()));
        }
        return policy.toString();
    }

    private static void add(Map<String, String> properties, Mutations mutations) {
        String key = mutations.any(KEYS);
        String value = mutations.oneIn(3) ? mutations.any(VALUES) : VALID.getOrDefault(key, "");
        properties.put(
                mutations.oneIn(4) ? mutations.spoil(key) : key, mutations.oneIn(3) ? value : mutations.spoil(value));
    }

    private static boolean isSpoiled(Map<String, String> properties) {
        return !VALID.keySet().containsAll(properties.keySet())
                || !VALID.values().containsAll(properties.values());
    }

    /** Shorter texts are shown, because they may be values that are almost right. */
    @Override
    public int piece() {
        return 25;
    }

    @Override
    public boolean allows(Exception thrown) {
        return thrown.getClass() == IllegalArgumentException.class;
    }
}
