/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import io.github.acsidentity.testing.internal.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The state of the service and its operations; every door leads here. Safe for use by concurrent threads.
 *
 * <p>An operation that the service refuses throws {@link RefusedException}. Doors wrap each call into {@link #serve},
 * which injects the faults and writes the log.
 */
public final class ServiceModel {

    /** The validity of a token for which none was asked. */
    public static final int DEFAULT_MINUTES = 1440;

    private final TimeSource clock;
    private final Random random;
    private final Random requestIds;
    private final Arguments arguments;
    private final ModelSettings settings;
    private final CallLog log;
    private final FaultRules faults = new FaultRules();
    private final Serving serving;
    private final List<Resource> resources = new CopyOnWriteArrayList<>();
    private final Census census = new Census();
    private final IssuedTokens tokens;
    private final TeamsTokens teamsTokens;
    private final AtomicLong userNumbers = new AtomicLong();
    private final AtomicLong tokenNumbers = new AtomicLong();

    /** Creates a service without a resource. */
    public ServiceModel(ModelSettings settings) {
        this.settings = settings;
        this.clock = settings.clock();
        this.tokens = new IssuedTokens(clock);
        this.random = new Random(settings.seed());
        // apart from the ids of users, which are then the same through all doors
        this.requestIds = new Random(random.nextLong());
        this.arguments = new Arguments(this::reply);
        this.log = new CallLog(settings.recordedCalls());
        this.serving = new Serving(clock, faults, log);
        this.teamsTokens = new TeamsTokens(random);
    }

    /** Adds a resource with an id and keys of its own. */
    public Resource addResource() {
        return addResource(Guids.random(random));
    }

    /** Adds a resource with a given id, a GUID in lower case, and keys of its own. */
    public Resource addResource(String id) {
        String shortName = id.substring(0, 8);
        boolean taken = resources.stream().anyMatch(resource -> resource.id().startsWith(shortName));
        String host = "fake-" + (taken ? id : shortName) + ".communication.azure.com";
        Resource added = new Resource(id, host, random, settings.quotas(), tokens::dropInvalidKeys);
        resources.add(added);
        return added;
    }

    /** Returns the resources in the order in which they were added. */
    public List<Resource> resources() {
        return List.copyOf(resources);
    }

    /** Returns the rules for the arguments of the operations. */
    public Arguments arguments() {
        return arguments;
    }

    /** Returns what to do in a case that nobody has seen. */
    public Reply reply(UnprovenCase unproven) {
        return settings.replies().getOrDefault(unproven, unproven.byDefault());
    }

    /** Returns what waits out the latency of answers. */
    public Delays delays() {
        return settings.delays();
    }

    /** Returns a random id that requests and answers are marked with. */
    public String randomId() {
        return Guids.random(requestIds);
    }

    /**
     * Carries out one call: judges its credential, takes the fault that is waiting for it, does the work, writes the
     * log.
     *
     * @param credential says on whose behalf the call is made, or refuses it; without side effects
     */
    public <C, T> Served<T> serve(
            Call call, Supplier<C> credential, Function<C, T> work, Function<T, Integer> statusOf) {
        return serving.serve(call, credential, work, statusOf);
    }

    /** Notes which resource a call reached, and refuses it if there were too many before. */
    public void admit(Call call, Resource resource) {
        call.reached(resource);
        Duration pause = resource.countCall(call.operation(), clock.nanos());
        if (!pause.isZero()) {
            boolean told = reply(UnprovenCase.QUOTA_EXCEEDED) == Reply.PAUSE;
            throw Refusal.tooManyRequests(told ? pause : null).exception();
        }
    }

    /** Creates a user. */
    public UserId createUser(Call call, Caller caller) {
        return create(call, caller).id();
    }

    /** Creates a user and issues its first token. */
    public UserWithToken createUserWithToken(Call call, Caller caller, Collection<String> scopes, int minutes) {
        arguments.requireScopes(scopes);
        arguments.requireMinutes(minutes);
        User user = create(call, caller);
        return new UserWithToken(user.id(), issue(caller, user, scopes, minutes));
    }

    /** Issues a token. */
    public AccessToken issueToken(Call call, Caller caller, UserId id, Collection<String> scopes, int minutes) {
        call.concerns(id);
        arguments.requireScopes(scopes);
        arguments.requireMinutes(minutes);
        requireOwned(caller, id);
        User user = caller.resource().find(id).orElseGet(() -> unknownUser(caller, id));
        return issue(caller, user, scopes, minutes);
    }

    /** Revokes the tokens issued so far; returns whose. */
    public UserId revokeTokens(Call call, Caller caller, UserId id) {
        call.concerns(id);
        requireOwned(caller, id);
        boolean existed = caller.resource().find(id).map(this::revoke).orElse(false);
        if (!existed) {
            answerAbsent(UnprovenCase.REVOCATION_FOR_ABSENT_USER);
        }
        return id;
    }

    /** Deletes a user; returns which. */
    public UserId deleteUser(Call call, Caller caller, UserId id) {
        call.concerns(id);
        requireOwned(caller, id);
        boolean existed = caller.resource().find(id).map(this::delete).orElse(false);
        if (!existed) {
            answerAbsent(UnprovenCase.DELETION_OF_ABSENT_USER);
        }
        return id;
    }

    /** Exchanges the Entra token of a Teams user for a token that lives as long. */
    public AccessToken exchangeTeamsToken(
            Caller caller, String entraToken, @Nullable String clientId, @Nullable String userObjectId) {
        long now = clock.millis();
        TeamsTokens.Grant grant = teamsTokens.check(entraToken, clientId, userObjectId, now);
        long number = tokenNumbers.incrementAndGet();
        String subject = "orgid:" + grant.userObjectId();
        long expiry = grant.expiresAt().toEpochMilli();
        return register(
                mint(caller.resource(), subject, "chat,voip", now, expiry / 1000, number),
                new IssuedToken(caller, null, number, scopeSet(List.of("chat", "voip")), now, expiry));
    }

    private User create(Call call, Caller caller) {
        Resource resource = caller.resource();
        long number = userNumbers.incrementAndGet();
        UserId id = new UserId("8:acs:" + resource.id() + "_" + Guids.sequential(number, settings.seed()));
        call.concerns(id);
        return add(resource, id, number, call);
    }

    private User add(Resource resource, UserId id, long number, @Nullable Call creation) {
        User user = resource.add(id, number, creation);
        census.add(user);
        return user;
    }

    private boolean revoke(User user) {
        tokens.revoke(user, user.lastTokenNumber(tokenNumbers), settings.revocationDelay());
        return user.exists();
    }

    private boolean delete(User user) {
        boolean existed = user.delete();
        census.remove(user);
        revoke(user);
        return existed;
    }

    private static Set<TokenScope> scopeSet(Collection<String> scopes) {
        Set<TokenScope> set = new LinkedHashSet<>();
        scopes.forEach(scope -> set.add(TokenScope.of(scope)));
        return Collections.unmodifiableSet(set);
    }

    private AccessToken issue(Caller caller, User user, Collection<String> scopes, int minutes) {
        OptionalLong number = user.drawTokenNumber(tokenNumbers);
        if (number.isEmpty()) {
            throw absent(reply(UnprovenCase.TOKEN_FOR_DELETED_USER)).exception();
        }
        long now = clock.millis();
        String subject = user.id().rawId().substring(2);
        String scopeClaim = scopes.stream().distinct().collect(Collectors.joining(","));
        String value =
                mint(caller.resource(), subject, scopeClaim, now, now / 1000 + minutes * 60L, number.getAsLong());
        return register(
                value,
                new IssuedToken(caller, user, number.getAsLong(), scopeSet(scopes), now, now + minutes * 60_000L));
    }

    private AccessToken register(String value, IssuedToken token) {
        tokens.add(value, token);
        return new AccessToken(value, Instant.ofEpochMilli(token.expiresAtMillis()));
    }

    private static String mint(
            Resource resource, String subject, String scopes, long issuedAtMillis, long expiry, long number) {
        long issuedAt = issuedAtMillis / 1000;
        return Jwt.sign(JsonWriter.object()
                .text("skypeid", subject)
                .number("scp", 1792)
                .text("csi", Long.toString(issuedAt))
                .number("exp", expiry)
                .text("rgn", "amer")
                .text("acsScope", scopes)
                .text("resourceId", resource.id())
                .text("resourceLocation", "unitedstates")
                .number("iat", issuedAt)
                .number("fakeTokenNumber", number));
    }

    private void requireOwned(Caller caller, UserId id) {
        if (!caller.resource().owns(id)) {
            throw Refusal.notOwned().exception();
        }
    }

    private User unknownUser(Caller caller, UserId id) {
        Reply reply = reply(UnprovenCase.TOKEN_FOR_UNKNOWN_USER);
        if (reply != Reply.DONE) {
            throw absent(reply).exception();
        }
        return add(caller.resource(), id, userNumbers.incrementAndGet(), null);
    }

    private void answerAbsent(UnprovenCase unproven) {
        Reply reply = reply(unproven);
        if (reply != Reply.DONE) {
            throw absent(reply).exception();
        }
    }

    private static Refusal absent(Reply reply) {
        return reply == Reply.NOT_OWNED ? Refusal.notOwned() : Refusal.notFound();
    }

    /** Returns whether chat and calling would accept a token now. */
    public boolean isAccepted(String token) {
        return tokens.isAccepted(token);
    }

    /** Returns the tokens that chat and calling would accept now, in the order of issue. */
    public List<IssuedToken> liveTokens() {
        return tokens.live();
    }

    /** Returns what there is now, the newest first; it takes no longer where there is more than is listed. */
    public Holdings holdings(int limit) {
        List<Holdings.Holder> users = census.newest(limit).stream()
                .map(user -> new Holdings.Holder(user.id(), tokens.liveCount(user)))
                .toList();
        return new Holdings(census.count(), users, tokens.liveCount(), tokens.newestLive(limit));
    }

    /** Returns the users that exist, in the order in which they were created. */
    public Set<UserId> users() {
        return census.existing();
    }

    /** Returns the users that calls have created since the log was cleared, in their order. */
    public Set<UserId> usersCreated() {
        return census.created();
    }

    /** Returns those of the created users that exist, but whom their creator cannot know. */
    public Set<UserId> orphans() {
        return census.orphans();
    }

    /** Makes and registers an Entra token. */
    public String mintTeamsToken(String clientId, String userObjectId, Instant expiresAt) {
        return teamsTokens.mint(
                new TeamsTokens.Grant(clientId, userObjectId, expiresAt), Instant.ofEpochMilli(clock.millis()));
    }

    /** Registers an Entra token. */
    public void registerTeamsToken(String entraToken, String clientId, String userObjectId, Instant expiresAt) {
        teamsTokens.register(entraToken, new TeamsTokens.Grant(clientId, userObjectId, expiresAt));
    }

    /** Lets a fault wait for calls, after those that are waiting. */
    public void inject(FaultRule rule) {
        faults.add(rule);
    }

    /** Forgets a fault. */
    public void removeFault(FaultRule rule) {
        faults.remove(rule);
    }

    /** Returns whether a fault may still strike. */
    public boolean hasFault(FaultRule rule) {
        return faults.contains(rule);
    }

    /** Forgets all faults. */
    public void clearFaults() {
        faults.clear();
    }

    /** Returns the latest calls. */
    public List<CallRecord> calls() {
        return log.latest();
    }

    /** Returns the latest calls together with the counts of the same moment. */
    public CallSnapshot callSnapshot() {
        return log.snapshot();
    }

    /** Returns how many calls of an operation there were. */
    public long callCount(IdentityOperation operation) {
        return log.count(operation);
    }

    /** Returns how many calls of an operation were under way at a time, at most. */
    public int maximumConcurrency(IdentityOperation operation) {
        return log.mostUnderWay(operation);
    }

    /** Forgets all calls. */
    public void clearCalls() {
        log.clear();
        census.forgetCreated();
    }

    /**
     * Forgets users, tokens, calls and what counts against quotas; resources, their keys, faults and the clock stay.
     */
    public void reset() {
        List<User> deleted = resources.stream()
                .flatMap(resource -> resource.reset().stream())
                .toList();
        deleted.forEach(census::remove);
        tokens.clear(deleted, tokenNumbers.get());
        clearCalls();
    }
}
