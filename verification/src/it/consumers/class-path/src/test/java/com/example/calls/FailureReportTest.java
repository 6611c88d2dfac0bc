package com.example.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.testing.junit.AcsIdentityTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class FailureReportTest {

    private final Events events = EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(Failing.class))
            .execute()
            .allEvents();

    @Test
    void failingTest_always_reportsItsCalls() {
        List<String> reported = events.reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class))
                .map(entry -> entry.getKeyValuePairs().get("acs-identity.calls"))
                .toList();

        assertEquals(1, reported.size());
        assertTrue(reported.get(0).startsWith("1 call:"), () -> reported.get(0));
        assertTrue(reported.get(0).endsWith(" -> 201"), () -> reported.get(0));
    }

    @Test
    void failure_always_showsItsCalls() {
        List<Throwable> shown = events.failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> Stream.of(result.getThrowable().orElseThrow().getSuppressed()))
                .toList();

        assertEquals(1, shown.size());
        assertTrue(shown.get(0).toString().endsWith(" -> 201"), () -> shown.get(0).toString());
    }

    @AcsIdentityTest
    static class Failing {

        @Test
        void test(IdentityManager manager) {
            manager.createUser();
            fail("expected");
        }
    }
}
