/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import io.github.acsidentity.testing.internal.model.Refusal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The published versions of the API, in their order; which of them the fake speaks depends on the route. */
enum ApiVersion {
    /** The only one with URLs of another shape. */
    V2020_07_20_PREVIEW2("2020-07-20-preview2"),
    V2021_02_22_PREVIEW1("2021-02-22-preview1"),
    V2021_03_07("2021-03-07"),
    /** The first with a Teams exchange; published, but the service does not list it. */
    V2021_03_31_PREVIEW1("2021-03-31-preview1"),
    V2021_10_31_PREVIEW("2021-10-31-preview"),
    /** Listed by the service, but not published. */
    V2021_11_01("2021-11-01"),
    /** The first with the Teams exchange as it is today. */
    V2022_06_01("2022-06-01"),
    /** The first with a validity of one's own. */
    V2022_10_01("2022-10-01"),
    /** The first with the scopes for joining. */
    V2023_10_01("2023-10-01"),
    V2025_03_02_PREVIEW("2025-03-02-preview"),
    V2025_06_30("2025-06-30"),
    V2026_09_23("2026-09-23");

    private static final String PARAMETER = "api-version";
    private static final Pattern FORM = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})(-[A-Za-z][A-Za-z0-9.]*)?");

    private final String value;

    ApiVersion(String value) {
        this.value = value;
    }

    boolean isBefore(ApiVersion other) {
        return compareTo(other) < 0;
    }

    /** Returns the version that a request asks for, if it is one in which the fake has the route. */
    static ApiVersion of(Target target, Route route, Routing routing) {
        String wanted = wanted(target);
        ApiVersion version = Arrays.stream(values())
                .filter(candidate -> candidate.value.equalsIgnoreCase(wanted))
                .filter(candidate -> !candidate.isBefore(route.since()))
                .findFirst()
                .orElseThrow(() -> unsupported(target, wanted, route).exception());
        if (version.isBefore(route.modelledSince())) {
            throw routing.unmodelled(route + " in API version '" + wanted + "'; the nearest in which it does is '"
                            + nearest(wanted, route) + "'")
                    .exception();
        }
        return version;
    }

    /** Returns the versions that the service lists for a route. */
    static String supported(Route route) {
        return Arrays.stream(values())
                .filter(version -> version != V2021_03_31_PREVIEW1 && !version.isBefore(route.listedSince()))
                .map(version -> version.value)
                .collect(Collectors.joining(", "));
    }

    private static String wanted(Target target) {
        List<String> given = target.parameters(PARAMETER).stream().distinct().toList();
        if (given.isEmpty() || given.equals(List.of(""))) {
            throw Refusal.of(400, "ApiVersionUnspecified", "An API version is required, but was not specified.")
                    .exception();
        }
        if (given.size() > 1) {
            throw Refusal.of(400, "AmbiguousApiVersion", "Several API versions were specified, but only one may be.")
                    .exception();
        }
        String wanted = given.get(0);
        if (!FORM.matcher(wanted).matches()) {
            throw Refusal.of(400, "InvalidApiVersion", "The API version is not of the form yyyy-MM-dd[-status].")
                    .exception();
        }
        return wanted;
    }

    private static Refusal unsupported(Target target, String wanted, Route route) {
        return Refusal.of(
                400,
                "UnsupportedApiVersion",
                "The resource with API version '" + wanted + "' does not support the request path '" + target.path()
                        + "'. The nearest API version that does is '" + nearest(wanted, route) + "'.");
    }

    /** Returns the version of the nearest date in which the fake has the route; of two that are as near, the later. */
    private static String nearest(String wanted, Route route) {
        return Arrays.stream(values())
                .filter(version -> !version.isBefore(route.modelledSince()))
                .min(Comparator.comparingInt((ApiVersion version) -> Math.abs(day(version.value) - day(wanted)))
                        .thenComparing(Comparator.reverseOrder()))
                .orElseThrow()
                .value;
    }

    /** Returns the date of a version as a number of days; it need not be in the calendar. */
    private static int day(String version) {
        Matcher date = FORM.matcher(version);
        if (!date.matches()) {
            throw new IllegalArgumentException("Not a version: " + version);
        }
        return (Integer.parseInt(date.group(1)) * 12 + Integer.parseInt(date.group(2))) * 31
                + Integer.parseInt(date.group(3));
    }
}
