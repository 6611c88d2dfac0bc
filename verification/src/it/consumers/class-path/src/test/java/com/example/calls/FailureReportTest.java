package com.example.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.testing.junit.AcsIdentityTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;

class FailureReportTest {

    @Test
    void failingTest_always_reportsItsCalls() {
        List<String> reported = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Failing.class))
                .execute()
                .allEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class))
                .map(entry -> entry.getKeyValuePairs().get("acs-identity.calls"))
                .toList();

        assertEquals(1, reported.size());
        assertTrue(reported.get(0).startsWith("1 call:"), () -> reported.get(0));
        assertTrue(reported.get(0).endsWith(" -> 201"), () -> reported.get(0));
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
