/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import io.github.acsidentity.testing.internal.model.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a request is aimed at.
 *
 * @param raw path and query exactly as they came, which is what signatures cover
 * @param segments the segments of the path, decoded one by one, so that an encoded slash does not separate
 * @param query the raw query, without the question mark
 */
public record Target(String raw, List<String> segments, String query) {

    /** Reads a request target in origin form or, as proxies send it, in absolute form. */
    public static Target parse(String rawTarget) {
        String raw = originForm(rawTarget);
        int question = raw.indexOf('?');
        String path = question < 0 ? raw : raw.substring(0, question);
        String query = question < 0 ? "" : raw.substring(question + 1);
        List<String> segments = new ArrayList<>();
        for (String segment : path.substring(Math.min(1, path.length())).split("/", -1)) {
            segments.add(decode(segment.replace("+", "%2B")));
        }
        if (segments.size() > 1 && segments.get(segments.size() - 1).isEmpty()) {
            segments.remove(segments.size() - 1);
        }
        return new Target(raw, List.copyOf(segments), query);
    }

    /** Returns the decoded path. */
    public String path() {
        return "/" + String.join("/", segments);
    }

    /** Returns the decoded values of a query parameter. */
    public List<String> parameters(String name) {
        return Arrays.stream(query.split("&"))
                .map(item -> item.split("=", 2))
                .filter(item -> decode(item[0]).equalsIgnoreCase(name))
                .map(item -> item.length == 1 ? "" : decode(item[1]))
                .toList();
    }

    /** Returns the decoded names of the query parameters. */
    public List<String> parameterNames() {
        return Arrays.stream(query.split("&"))
                .filter(item -> !item.isEmpty())
                .map(item -> decode(item.split("=", 2)[0]))
                .toList();
    }

    private static String originForm(String rawTarget) {
        int scheme = rawTarget.indexOf("://");
        if (rawTarget.startsWith("/") || scheme < 0) {
            return rawTarget;
        }
        int path = rawTarget.indexOf('/', scheme + 3);
        return path < 0 ? "/" : rawTarget.substring(path);
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(
                            400,
                            "InvalidUri",
                            "The request target has a percent sign that is not followed by two "
                                    + "hexadecimal digits.")
                    .byFramework()
                    .exception();
        }
    }
}
