/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */

// Drives the emulator with the official JavaScript SDK. The environment says where the emulator is:
//   ACS_HTTPS, ACS_HTTP         connection strings of its two doors (NODE_EXTRA_CA_CERTS names the certificate)
//   ACS_FOREIGN_USER            id of a user of another resource
//   TEAMS_TOKEN, TEAMS_CLIENT_ID, TEAMS_USER_ID    an Entra token that the emulator exchanges, and what it is for

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CommunicationIdentityClient } from "@azure/communication-identity";

const environment = (name) => {
    const value = process.env[name];
    assert.ok(value, `${name} must be set`);
    return value;
};

const foreignUser = { communicationUserId: environment("ACS_FOREIGN_USER") };
const teams = {
    teamsUserAadToken: environment("TEAMS_TOKEN"),
    clientId: environment("TEAMS_CLIENT_ID"),
    userObjectId: environment("TEAMS_USER_ID"),
};

const payload = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString("utf8"));

const minutesFromNow = (date) => (date.getTime() - Date.now()) / 60_000;

const refused = (call, status, code) =>
    assert.rejects(call, (error) => {
        assert.equal(error.name, "RestError");
        assert.equal(error.statusCode, status);
        assert.equal(error.code, code);
        return true;
    });

const doors = [
    { name: "https", connectionString: environment("ACS_HTTPS"), options: {} },
    { name: "http", connectionString: environment("ACS_HTTP"), options: { allowInsecureConnection: true } },
];

for (const { name, connectionString, options } of doors) {
    describe(`the ${name} door`, () => {
        const client = new CommunicationIdentityClient(connectionString, options);

        it("creates users", async () => {
            const first = await client.createUser();
            const second = await client.createUser();

            assert.match(first.communicationUserId, /^8:acs:[0-9a-f-]{36}_[0-9a-f-]{36}$/);
            assert.notEqual(first.communicationUserId, second.communicationUserId);
        });

        it("creates a user with a token", async () => {
            const { user, token, expiresOn } = await client.createUserAndToken(["chat", "voip"]);

            assert.equal(`8:${payload(token).skypeid}`, user.communicationUserId);
            assert.deepEqual(payload(token).acsScope.split(",").sort(), ["chat", "voip"]);
            assert.ok(Math.abs(minutesFromNow(expiresOn) - 24 * 60) < 5, `expires on ${expiresOn}`);
        });

        it("creates a user with a token of the lifetime asked for", async () => {
            const { token, expiresOn } = await client.createUserAndToken(["chat"], { tokenExpiresInMinutes: 60 });

            assert.equal(payload(token).exp - payload(token).iat, 60 * 60);
            assert.ok(Math.abs(minutesFromNow(expiresOn) - 60) < 5, `expires on ${expiresOn}`);
        });

        it("issues tokens for every scope", async () => {
            const user = await client.createUser();

            for (const scope of ["chat", "chat.join", "chat.join.limited", "voip", "voip.join"]) {
                const { token } = await client.getToken(user, [scope]);

                assert.equal(payload(token).acsScope, scope);
            }
        });

        it("issues tokens of the lifetime asked for", async () => {
            const user = await client.createUser();

            const { token, expiresOn } = await client.getToken(user, ["voip"], { tokenExpiresInMinutes: 1440 });

            assert.equal(payload(token).exp - payload(token).iat, 1440 * 60);
            assert.ok(Math.abs(minutesFromNow(expiresOn) - 1440) < 5, `expires on ${expiresOn}`);
        });

        it("revokes tokens and issues new ones afterwards", async () => {
            const user = await client.createUser();
            const { token } = await client.getToken(user, ["chat"]);

            await client.revokeTokens(user);

            const renewed = await client.getToken(user, ["chat"]);
            assert.notEqual(renewed.token, token);
        });

        it("deletes users, who get no tokens any more", async () => {
            const user = await client.createUser();

            await client.deleteUser(user);

            await assert.rejects(client.getToken(user, ["chat"]), { name: "RestError" });
        });

        it("exchanges the token of a Teams user", async () => {
            const { token, expiresOn } = await client.getTokenForTeamsUser(teams);

            assert.ok(token.split(".").length === 3);
            assert.ok(minutesFromNow(expiresOn) > 0, `expires on ${expiresOn}`);
        });

        it("refuses an invalid token of a Teams user", () =>
            refused(client.getTokenForTeamsUser({ ...teams, teamsUserAadToken: "invalid" }), 401, "InvalidAccessToken"));

        it("refuses a Teams exchange for another application or user", async () => {
            const other = "00000000-0000-4000-8000-000000000000";

            await refused(client.getTokenForTeamsUser({ ...teams, clientId: other }), 400, "ValidationError");
            await refused(client.getTokenForTeamsUser({ ...teams, userObjectId: other }), 400, "ValidationError");
        });

        it("refuses a token without scopes", async () => {
            const user = await client.createUser();

            await refused(client.getToken(user, []), 400, "ValidationError");
        });

        it("refuses lifetimes out of range", async () => {
            const user = await client.createUser();

            for (const tokenExpiresInMinutes of [59, 1441]) {
                await refused(client.getToken(user, ["chat"], { tokenExpiresInMinutes }), 400, "ValidationError");
                await refused(client.createUserAndToken(["chat"], { tokenExpiresInMinutes }), 400, "ValidationError");
            }
        });

        it("refuses users of another resource", async () => {
            await refused(client.getToken(foreignUser, ["chat"]), 401, "IdentityNotOwned");
            await refused(client.revokeTokens(foreignUser), 401, "IdentityNotOwned");
            await refused(client.deleteUser(foreignUser), 401, "IdentityNotOwned");
        });

        it("refuses a wrong access key", async () => {
            const wrong = connectionString.replace(/accesskey=.*/i, "accesskey=d3Jvbmcga2V5");

            await refused(new CommunicationIdentityClient(wrong, options).createUser(), 401, "Denied");
        });

        it("refuses an api-version that does not exist", async () => {
            const future = new CommunicationIdentityClient(connectionString, { ...options, apiVersion: "2099-01-01" });

            await refused(future.createUser(), 400, "UnsupportedApiVersion");
        });
    });
}
