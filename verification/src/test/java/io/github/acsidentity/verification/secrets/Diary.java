/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.secrets;

import com.azure.core.http.policy.HttpPipelinePolicy;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.UserWithToken;
import io.github.acsidentity.testing.FakeResource;
import io.github.acsidentity.verification.chaos.Witness;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Prints all that comes back, as an application does that logs whatever it gets, and keeps the secrets that it has seen
 * to itself. Safe for use by concurrent threads.
 */
final class Diary implements Witness {

    private static final String SIGNATURE = "Signature=";

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    /** Prints a result, or an exception with its causes and with those that were suppressed. */
    void write(String what, Callable<?> action) {
        try {
            returned(what, action.call());
        } catch (Exception | AssertionError e) {
            failed(what, e);
        }
    }

    @Override
    public void returned(String what, @Nullable Object result) {
        keepTokensOf(result);
        System.out.println(what + ": " + result);
    }

    /** Prints an exception with its causes and with those that were suppressed. */
    @Override
    public synchronized void failed(String what, Throwable failure) {
        System.out.print(what + " failed: ");
        failure.printStackTrace(System.out);
        if (failure instanceof IdentityException known) {
            System.out.println(known.details());
        }
    }

    /** Notes a secret. */
    String keep(String secret) {
        secrets.add(secret);
        return secret;
    }

    /** Notes the present keys of a resource. */
    void keepKeys(FakeResource resource) {
        keep(resource.primaryKey());
        keep(resource.secondaryKey());
    }

    /** Returns a policy that notes the signature, or the bearer token, of each request. */
    HttpPipelinePolicy keepingAuthorization() {
        return (context, next) -> {
            String value =
                    context.getHttpRequest().getHeaders().getValue(com.azure.core.http.HttpHeaderName.AUTHORIZATION);
            if (value != null) {
                int at = value.indexOf(SIGNATURE);
                keep(at < 0 ? value.substring(value.indexOf(' ') + 1) : value.substring(at + SIGNATURE.length()));
            }
            return next.process();
        };
    }

    /** Returns the secrets that were noted. */
    Set<String> secrets() {
        return secrets;
    }

    private void keepTokensOf(@Nullable Object result) {
        if (result instanceof AccessToken token) {
            keep(token.value());
        } else if (result instanceof UserWithToken created) {
            keep(created.token().value());
        }
    }
}
