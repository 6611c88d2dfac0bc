/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.report;

import io.github.acsidentity.testing.internal.model.CallRecord;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Recorded calls as text, one in a line; without secrets, because the record has none. */
public final class CallLog {

    private CallLog() {}

    /**
     * Describes calls.
     *
     * @param calls the calls
     * @param maximum how many lines there are at most; the latest calls are shown
     */
    public static String of(List<CallRecord> calls, int maximum) {
        if (calls.isEmpty()) {
            return "no calls";
        }
        int hidden = Math.max(0, calls.size() - maximum);
        String heading = calls.size()
                + (calls.size() == 1 ? " call" : " calls")
                + (hidden == 0 ? ":" : ", of which the latest " + maximum + ":");
        return heading + calls.stream().skip(hidden).map(CallLog::line).collect(Collectors.joining("\n  ", "\n  ", ""));
    }

    private static String line(CallRecord call) {
        String user = call.user() == null ? "" : " " + call.user().rawId();
        return Instant.ofEpochMilli(call.millis()) + " " + call.operation() + user + " -> " + outcome(call);
    }

    private static String outcome(CallRecord call) {
        String status = call.status() == 0 ? "" : Integer.toString(call.status());
        String answer = call.errorCode() == null ? status : status + " " + call.errorCode();
        if (call.answered()) {
            return answer;
        }
        return "no answer" + (answer.isEmpty() ? "" : " (it was " + answer + ")");
    }
}
