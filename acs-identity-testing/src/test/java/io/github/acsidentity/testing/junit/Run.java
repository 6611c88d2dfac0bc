/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** A run of test classes inside a test. */
record Run(EngineExecutionResults results) {

    static Run of(Class<?>... types) {
        return of(Map.of(), types);
    }

    static Run of(Map<String, String> parameters, Class<?>... types) {
        EngineTestKit.Builder builder = EngineTestKit.engine("junit-jupiter").configurationParameters(parameters);
        for (Class<?> type : types) {
            builder.selectors(selectClass(type));
        }
        return new Run(builder.execute());
    }

    Events tests() {
        return results.testEvents();
    }

    /** Returns what was published with a key. */
    List<String> published(String key) {
        return results.allEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                .flatMap(pairs -> Stream.ofNullable(pairs.get(key)))
                .toList();
    }

    /** Returns the messages of what failed, classes included. */
    List<String> failures() {
        return thrown().stream().map(Throwable::toString).toList();
    }

    /** Returns what was thrown, by classes too. */
    List<Throwable> thrown() {
        return results.allEvents()
                .finished()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .toList();
    }
}
