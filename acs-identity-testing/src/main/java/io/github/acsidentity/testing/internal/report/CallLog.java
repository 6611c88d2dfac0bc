/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.report;

import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.RecordedCall;
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
    public static String of(List<RecordedCall> calls, int maximum) {
        if (calls.isEmpty()) {
            return "no calls";
        }
        int hidden = Math.max(0, calls.size() - maximum);
        String heading = calls.size()
                + (calls.size() == 1 ? " call" : " calls")
                + (hidden == 0 ? ":" : ", of which the latest " + maximum + ":");
        return heading + calls.stream().skip(hidden).map(CallLog::line).collect(Collectors.joining("\n  ", "\n  ", ""));
    }

    private static String line(RecordedCall call) {
        return call.time() + " " + call.operation()
                + call.user().map(CallLog::about).orElse("") + " -> " + outcome(call);
    }

    private static String about(UserId user) {
        return " " + user.rawId();
    }

    private static String outcome(RecordedCall call) {
        String answer =
                (call.status().isPresent() ? Integer.toString(call.status().getAsInt()) : "")
                        + call.errorCode().map(code -> " " + code).orElse("");
        if (call.answered()) {
            return answer;
        }
        return "no answer" + (answer.isEmpty() ? "" : " (it was " + answer + ")");
    }
}
