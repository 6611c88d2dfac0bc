/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.assertj;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.internal.model.CallRecord;
import io.github.acsidentity.testing.internal.model.CallSnapshot;
import io.github.acsidentity.testing.internal.model.ModelAccess;
import io.github.acsidentity.testing.internal.report.CallLog;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.annotation.CheckReturnValue;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about what a {@link FakeIdentityService} saw, since it was made or since
 * {@link FakeIdentityService#clearCalls()}.
 *
 * <p>Messages show the latest 20 calls. Not safe for use by concurrent threads.
 */
@SuppressWarnings("exports")
public final class FakeIdentityAssert extends AbstractAssert<FakeIdentityAssert, FakeIdentityService> {

    private static final int MAXIMUM_CALLS = 20;
    private static final Set<IdentityOperation> ISSUING = EnumSet.of(
            IdentityOperation.GET_TOKEN,
            IdentityOperation.CREATE_USER_WITH_TOKEN,
            IdentityOperation.GET_TOKEN_FOR_TEAMS_USER);

    FakeIdentityAssert(@Nullable FakeIdentityService actual) {
        super(actual, FakeIdentityAssert.class);
    }

    /**
     * Begins an assertion about the number of tokens that were issued: one for each call that the service answered with
     * a token, also if a fault spoilt or lost that answer. (A call is none of these if the fault put an error in the
     * place of the answer.)
     *
     * @param tokens how many are expected, exactly
     * @return what says whose tokens are meant
     * @throws IllegalArgumentException if the number is negative
     */
    @CheckReturnValue
    public Issued issued(int tokens) {
        isNotNull();
        return new Issued(requireNotNegative("tokens", tokens));
    }

    /**
     * Verifies that an operation was called, with whatever success.
     *
     * @param operation the operation
     * @return this
     */
    public FakeIdentityAssert hasCalled(IdentityOperation operation) {
        isNotNull();
        CallSnapshot calls = calls();
        if (calls.count(operation) == 0) {
            fail("Expected calls of " + operation + ", but found none", calls);
        }
        return this;
    }

    /**
     * Verifies how often an operation was called, with whatever success; each attempt counts.
     *
     * @param operation the operation
     * @param times how many calls are expected, exactly
     * @return this
     * @throws IllegalArgumentException if the number is negative
     */
    public FakeIdentityAssert hasCalled(IdentityOperation operation, int times) {
        isNotNull();
        CallSnapshot calls = calls();
        if (calls.count(operation) != requireNotNegative("times", times)) {
            fail(
                    "Expected " + count(times, "call") + " of " + operation + ", but found " + calls.count(operation),
                    calls);
        }
        return this;
    }

    /**
     * Verifies that an operation was not called.
     *
     * @param operation the operation
     * @return this
     */
    public FakeIdentityAssert hasNotCalled(IdentityOperation operation) {
        return hasCalled(operation, 0);
    }

    /**
     * Verifies that nothing was called.
     *
     * @return this
     */
    public FakeIdentityAssert hasNoCalls() {
        isNotNull();
        CallSnapshot calls = calls();
        long found = calls.count(EnumSet.allOf(IdentityOperation.class));
        if (found != 0) {
            fail("Expected no calls, but found " + found, calls);
        }
        return this;
    }

    /**
     * Verifies that calls of an operation did not overlap more than allowed.
     *
     * @param operation the operation
     * @param maximum how many calls may be under way at the same time
     * @return this
     * @throws IllegalArgumentException if the number is negative
     * @see FakeIdentityService#maximumConcurrency(IdentityOperation)
     */
    public FakeIdentityAssert hasConcurrencyAtMost(IdentityOperation operation, int maximum) {
        isNotNull();
        CallSnapshot calls = calls();
        int concurrency = calls.mostUnderWay(operation);
        if (concurrency > requireNotNegative("maximum", maximum)) {
            fail(
                    "Expected at most " + count(maximum, "call") + " of " + operation + " at the same time, but found "
                            + concurrency,
                    calls);
        }
        return this;
    }

    /**
     * Verifies how many users were created, those included that have been deleted since.
     *
     * @param users how many are expected, exactly
     * @return this
     * @throws IllegalArgumentException if the number is negative
     */
    public FakeIdentityAssert hasCreatedUsers(int users) {
        isNotNull();
        int created = actual.usersCreated().size();
        if (created != requireNotNegative("users", users)) {
            fail("Expected " + count(users, "user") + " created, but found " + created, calls());
        }
        return this;
    }

    /**
     * Verifies that no user exists whose id nobody could learn: one whose creation was not answered in a way that the
     * caller could read, or was repeated for want of an answer.
     *
     * @return this
     * @see FakeIdentityService#orphans()
     */
    public FakeIdentityAssert hasNoOrphans() {
        isNotNull();
        Set<UserId> orphans = actual.orphans();
        if (!orphans.isEmpty()) {
            fail(
                    "Expected no orphans, but nobody could learn the "
                            + (orphans.size() == 1 ? "id of " : "ids of ")
                            + orphans.stream()
                                    .limit(MAXIMUM_CALLS)
                                    .map(UserId::rawId)
                                    .collect(Collectors.joining(", "))
                            + (orphans.size() > MAXIMUM_CALLS ? " and more, " + orphans.size() + " in all" : ""),
                    calls());
        }
        return this;
    }

    /**
     * Verifies how many access tokens chat and calling would accept now.
     *
     * @param tokens how many are expected, exactly
     * @return this
     * @throws IllegalArgumentException if the number is negative
     */
    public FakeIdentityAssert hasLiveTokens(int tokens) {
        isNotNull();
        int live = actual.liveTokens().size();
        if (live != requireNotNegative("tokens", tokens)) {
            fail(
                    "Expected " + count(tokens, "token") + " accepted at "
                            + actual.clock().instant() + ", but found " + live,
                    calls());
        }
        return this;
    }

    private static int requireNotNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative, but was " + value);
        }
        return value;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private CallSnapshot calls() {
        return ModelAccess.modelOf(actual).callSnapshot();
    }

    private void fail(String message, CallSnapshot calls) {
        failWithMessage("%s", message + "\nThe service saw " + CallLog.of(calls.latest(), MAXIMUM_CALLS));
    }

    /** An assertion about a number of issued tokens that lacks the end: whose tokens. */
    public final class Issued {

        private final int expected;

        private Issued(int expected) {
            this.expected = expected;
        }

        /**
         * Verifies that so many tokens were issued for a user.
         *
         * @param user the user
         * @return the assertions that this one began with
         */
        public FakeIdentityAssert tokensFor(UserId user) {
            requireNonNull(user, "user");
            return check(call -> user.equals(call.user()), " for " + user.rawId());
        }

        /**
         * Verifies that so many tokens were issued in all, those for Teams users included.
         *
         * @return the assertions that this one began with
         */
        public FakeIdentityAssert tokens() {
            return check(call -> true, "");
        }

        private FakeIdentityAssert check(Predicate<CallRecord> meant, String whose) {
            CallSnapshot calls = calls();
            List<CallRecord> issuing = calls.latest().stream()
                    .filter(call -> ISSUING.contains(call.operation()))
                    .toList();
            if (issuing.size() < calls.count(ISSUING)) {
                fail(
                        "The tokens cannot be counted, because the service has forgotten calls:"
                                + " raise its maximumRecordedCalls",
                        calls);
            }
            long issued = issuing.stream()
                    .filter(call -> call.status() / 100 == 2)
                    .filter(meant)
                    .count();
            if (issued != expected) {
                fail("Expected " + count(expected, "token") + " issued" + whose + ", but found " + issued, calls);
            }
            return FakeIdentityAssert.this;
        }
    }
}
