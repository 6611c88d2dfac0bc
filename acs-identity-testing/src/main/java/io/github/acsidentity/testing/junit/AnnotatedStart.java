/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Where the clock of a test starts by {@link AcsIdentityTest}: that of the innermost class counts. */
final class AnnotatedStart {

    private AnnotatedStart() {}

    static @Nullable Instant of(ExtensionContext context) {
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent();
                at = at.get().getParent()) {
            Optional<AcsIdentityTest> annotation =
                    AnnotationSupport.findAnnotation(at.get().getTestClass(), AcsIdentityTest.class);
            if (annotation.isPresent() && !annotation.get().startingAt().isEmpty()) {
                return instant(annotation.get().startingAt());
            }
        }
        return null;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ExtensionConfigurationException(
                    "startingAt must be a time such as 2026-01-01T00:00:00Z, but was " + text, e);
        }
    }
}
