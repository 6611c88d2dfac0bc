/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the emulator answers about itself, besides the health check, which each door answers by itself. */
enum AdminRoute {
    GET_TIME("GET", "time"),
    MOVE_TIME("POST", "time"),
    GET_FAULTS("GET", "faults"),
    ADD_FAULT("POST", "faults"),
    CLEAR_FAULTS("DELETE", "faults"),
    REMOVE_FAULT("DELETE", "faults/{id}"),
    GET_CALLS("GET", "calls", "operation", "user", "limit"),
    CLEAR_CALLS("DELETE", "calls"),
    GET_STATE("GET", "state", "limit"),
    RESET("POST", "reset"),
    GET_CERTIFICATE("GET", "ca.pem");

    private final String method;
    private final String template;
    private final Pattern path;
    /** The names of the parameters, with commas. */
    private final String parameters;

    AdminRoute(String method, String template, String... parameters) {
        this.parameters = String.join(", ", parameters);
        this.method = method;
        this.template = AdminDoor.PREFIX + template;
        this.path = Pattern.compile(this.template.replace(".", "\\.").replace("{id}", "[^/]+"));
    }

    static List<AdminRoute> at(String path) {
        return Arrays.stream(values())
                .filter(route -> route.path.matcher(path).matches())
                .toList();
    }

    String method() {
        return method;
    }

    /**
     * Refuses parameters that would have no effect.
     *
     * @throws BadAdminRequestException if a name is none of a parameter, or is there twice
     */
    void requireKnown(List<String> names) {
        List<String> known = parameters.isEmpty() ? List.of() : List.of(parameters.split(", "));
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : names) {
            if (known.stream().noneMatch(name::equalsIgnoreCase)) {
                throw new BadAdminRequestException("There is no parameter " + Problems.shown(name) + " here, but "
                        + (known.isEmpty() ? "no parameters" : parameters) + ".");
            }
            if (!seen.add(name)) {
                throw new BadAdminRequestException("The parameter " + Problems.shown(name) + " is there twice.");
            }
        }
    }

    /** Returns method and path. */
    @Override
    public String toString() {
        return method + " " + template;
    }
}
