/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.internal.model.ModelAccess;
import io.github.acsidentity.testing.internal.report.CallLog;
import java.io.Serial;
import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * The calls to a service, as they are shown with the failure of a test. It is suppressed by the failure, because that
 * is what build tools and IDEs print with it: most of them leave out report entries.
 */
final class CallsToTheService extends Exception {

    private static final String KEY = "acs-identity.calls";
    private static final int MAXIMUM_CALLS = 100;

    @Serial
    private static final long serialVersionUID = 1;

    private CallsToTheService(String message) {
        super(message, null, false, false);
    }

    /**
     * Shows the calls with the failure, once: its message may show them already. A test that was aborted has not
     * failed.
     */
    static void publish(FakeIdentityService service, Throwable failure, ExtensionContext context) {
        if (!(failure instanceof TestAbortedException)) {
            String calls = CallLog.of(ModelAccess.modelOf(service).calls(), MAXIMUM_CALLS);
            if (!Objects.toString(failure.getMessage(), "").contains(calls)) {
                // tests may throw the same failure, hence the name
                failure.addSuppressed(new CallsToTheService(context.getDisplayName() + ": " + calls));
            }
            context.publishReportEntry(KEY, calls);
        }
    }
}
