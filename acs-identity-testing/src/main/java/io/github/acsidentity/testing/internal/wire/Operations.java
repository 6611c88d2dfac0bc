/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import io.github.acsidentity.testing.internal.json.JsonWriter;
import io.github.acsidentity.testing.internal.model.Call;
import io.github.acsidentity.testing.internal.model.Caller;
import io.github.acsidentity.testing.internal.model.Refusal;
import io.github.acsidentity.testing.internal.model.Reply;
import io.github.acsidentity.testing.internal.model.ServiceModel;
import io.github.acsidentity.testing.internal.model.UnprovenCase;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the arguments of an authenticated request, has the model do the work, and writes the result. */
final class Operations {

    static final String CREATE_SCOPES = "createTokenWithScopes";
    private static final String SCOPES = "scopes";
    private static final String MINUTES = "expiresInMinutes";
    private static final String CUSTOM_ID = "customId";

    /** The round-trip form of .NET: seven digits, and an offset in figures. */
    private static final DateTimeFormatter EXPIRY = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'+00:00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final ServiceModel model;
    private final Routing routing;

    Operations(ServiceModel model, Routing routing) {
        this.model = model;
        this.routing = routing;
    }

    Success create(Call call, Caller caller, ApiVersion version, Body body) {
        body.requireOnly(Set.of(CREATE_SCOPES, MINUTES, CUSTOM_ID), model);
        if (version == ApiVersion.V2025_03_02_PREVIEW && body.has(CUSTOM_ID)) {
            throw routing.unmodelled("the field " + CUSTOM_ID).exception();
        }
        Optional<List<String>> scopes = body.texts(CREATE_SCOPES);
        Optional<Integer> minutes = minutes(version, body);
        if (scopes.isEmpty() || (scopes.get().isEmpty() && allowed(UnprovenCase.NO_SCOPES_ON_CREATE))) {
            UserId user = model.createUser(call, caller);
            return new Success(
                    201, JsonWriter.object().object("identity", identity(user)).toString());
        }
        requireScopesOf(version, scopes.get());
        UserWithToken created =
                model.createUserWithToken(call, caller, scopes.get(), minutes.orElse(ServiceModel.DEFAULT_MINUTES));
        return new Success(
                201,
                JsonWriter.object()
                        .object("identity", identity(created.user()))
                        .object("accessToken", token(created.token()))
                        .toString());
    }

    Success issue(Call call, Caller caller, ApiVersion version, String rawUser, Body body) {
        body.requireOnly(Set.of(SCOPES, MINUTES), model);
        List<String> scopes = body.texts(SCOPES)
                .orElseThrow(() -> Refusal.invalid("Scopes", "Scopes: The field Scopes is required.")
                        .byFramework()
                        .exception());
        Optional<Integer> minutes = minutes(version, body);
        requireScopesOf(version, scopes);
        AccessToken token =
                model.issueToken(call, caller, user(rawUser), scopes, minutes.orElse(ServiceModel.DEFAULT_MINUTES));
        return new Success(200, token(token).toString());
    }

    Success revoke(Call call, Caller caller, String rawUser) {
        model.revokeTokens(call, caller, user(rawUser));
        return Success.NO_CONTENT;
    }

    Success delete(Call call, Caller caller, String rawUser) {
        model.deleteUser(call, caller, user(rawUser));
        return Success.NO_CONTENT;
    }

    Success exchangeTeamsToken(Caller caller, Body body) {
        body.requireOnly(Set.of("token", "appId", "userId"), model);
        String entraToken = body.text("token")
                .orElseThrow(
                        () -> Refusal.of(400, Refusal.VALIDATION_ERROR, "The body is missing, or has no field token.")
                                .byFramework()
                                .exception());
        AccessToken token = model.exchangeTeamsToken(
                caller,
                entraToken,
                body.text("appId").orElse(null),
                body.text("userId").orElse(null));
        return new Success(200, token(token).toString());
    }

    /** Returns the id of a path, if it has the form of one. */
    static Optional<UserId> parse(String rawUser) {
        try {
            return Optional.of(new UserId(rawUser));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private UserId user(String rawUser) {
        return parse(rawUser).orElseThrow(() -> malformedUser().exception());
    }

    private Refusal malformedUser() {
        return switch (model.reply(UnprovenCase.MALFORMED_USER_ID)) {
            case INVALID -> Refusal.invalid("id", "The format of the identity is invalid.");
            case NOT_FOUND -> Refusal.notFound();
            default -> Refusal.notOwned();
        };
    }

    private Optional<Integer> minutes(ApiVersion version, Body body) {
        Optional<Integer> minutes = body.integer(MINUTES);
        if (minutes.isPresent() && version.isBefore(ApiVersion.V2022_10_01)) {
            if (!allowed(UnprovenCase.VALIDITY_IN_OLD_VERSION)) {
                throw Refusal.invalid("ExpiresInMinutes", "This API version does not know ExpiresInMinutes.")
                        .exception();
            }
            return Optional.empty();
        }
        minutes.ifPresent(model.arguments()::requireMinutes);
        return minutes;
    }

    private void requireScopesOf(ApiVersion version, List<String> scopes) {
        boolean tooNew =
                version.isBefore(ApiVersion.V2023_10_01) && scopes.stream().anyMatch(scope -> scope.contains(".join"));
        if (tooNew && !allowed(UnprovenCase.JOIN_SCOPE_IN_OLD_VERSION)) {
            throw Refusal.invalid(SCOPES, "Invalid scopes - this API version does not know the scopes for joining.")
                    .exception();
        }
    }

    private boolean allowed(UnprovenCase unproven) {
        return model.reply(unproven) == Reply.DONE;
    }

    private static JsonWriter identity(UserId user) {
        return JsonWriter.object().text("id", user.rawId());
    }

    private static JsonWriter token(AccessToken token) {
        return JsonWriter.object().text("token", token.value()).text("expiresOn", EXPIRY.format(token.expiresAt()));
    }
}
