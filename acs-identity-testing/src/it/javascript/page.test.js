/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */

// Uses the emulator's web page in Chromium, while the official JavaScript SDK calls. The environment says:
//   ACS_HTTP, PAGE      connection string and address of the HTTP door
//   CHROMIUM            the browser's executable
//   SCREENSHOTS         a directory for pictures of the page

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { CommunicationIdentityClient } from "@azure/communication-identity";
import { chromium } from "playwright-core";

const environment = (name) => {
    const value = process.env[name];
    assert.ok(value, `${name} must be set`);
    return value;
};

const address = environment("PAGE");
const client = new CommunicationIdentityClient(environment("ACS_HTTP"), {
    allowInsecureConnection: true,
    retryOptions: { maxRetries: 0 },
});

describe("the web page", () => {
    let browser;
    let page;
    let user;
    const complaints = [];

    before(async () => {
        browser = await chromium.launch({
            executablePath: environment("CHROMIUM"),
            args: [
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        });
        page = await browser.newPage();
        page.setDefaultTimeout(15_000);
        page.on("pageerror", (error) => complaints.push(String(error)));
        page.on("console", (message) => {
            if (message.type() === "error" || message.text().includes("Content Security Policy")) {
                complaints.push(message.text());
            }
        });
        await page.goto(address);
        await page.evaluate(() => {
            window.neverReloaded = true;
        });
    });

    after(async () => {
        await browser?.close();
    });

    const row = (id, text) => page.locator(`#${id} tr`).filter({ hasText: text });
    const press = (name) => page.getByRole("button", { name }).click();
    const status = (text) => page.getByRole("status").filter({ hasText: text }).waitFor();

    const refused = (call, code) => assert.rejects(call, (error) => error.statusCode === code);

    it("shows a user, its token and the calls as they happen", async () => {
        user = await client.createUser();
        const { token } = await client.getToken(user, ["chat", "voip"]);

        await row("users", user.communicationUserId).waitFor();
        await row("tokens", user.communicationUserId).filter({ hasText: "chat, voip" }).waitFor();
        await row("calls", "CREATE_USER").filter({ hasText: "201" }).waitFor();
        await row("calls", "GET_TOKEN").filter({ hasText: "200" }).waitFor();
        assert.equal(await page.evaluate(() => window.neverReloaded), true);
        assert.ok(!(await page.content()).includes(token));
    });

    it("counts the life of a token down", async () => {
        const life = row("tokens", user.communicationUserId).locator("td").first();
        const before = await life.textContent();
        assert.match(before, /^2[34]:\d\d:\d\d$/);

        await page.waitForFunction(
            (earlier) => {
                const now = document.querySelector("#tokens td").textContent;
                return now < earlier;
            },
            before,
        );
    });

    it("makes the next call fail", async () => {
        await press("Next call: 429");
        await status("The next call will be answered 429.");
        await row("faults", "throttled").waitFor();

        await refused(client.createUser(), 429);
        await row("calls", "429 TooManyRequests").waitFor();
        await client.getToken(user, ["chat"]);
    });

    it("loses an answer", async () => {
        await press("Next call: lost answer");
        await status("will be lost");

        await assert.rejects(client.createUser(), (error) => error.statusCode === undefined);
        await row("calls", "201, lost").waitFor();
    });

    it("switches an outage on and off", async () => {
        const outage = page.getByRole("button", { name: "Outage" });
        assert.equal(await outage.getAttribute("aria-pressed"), "false");

        await press("Outage");
        await status("answered 503");
        assert.equal(await outage.getAttribute("aria-pressed"), "true");
        await refused(client.createUser(), 503);
        await refused(client.createUser(), 503);

        await press("Outage");
        await status("over");
        assert.equal(await outage.getAttribute("aria-pressed"), "false");
        await client.createUser();
    });

    it("can be read on a phone, in the light and in the dark", async () => {
        for (const [colorScheme, width] of [
            ["light", 360],
            ["dark", 1280],
        ]) {
            await page.emulateMedia({ colorScheme });
            await page.setViewportSize({ width, height: 800 });
            const wide = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(wide <= width, `${wide} pixels wide`);
            await page.screenshot({ path: `${environment("SCREENSHOTS")}/page-${colorScheme}.png`, fullPage: true });
        }
    });

    it("lets time go on until the token has expired", async () => {
        await press("+ 1 h");
        await status("1 hour");
        await row("tokens", user.communicationUserId).filter({ hasText: /^22:/ }).first().waitFor();

        await press("+ 24 h");
        await status("24 hours");
        await page.locator("#token-count", { hasText: /^0$/ }).waitFor();
        assert.equal(await page.locator("#tokens tr").count(), 0);
    });

    it("refuses the pages of other origins", async () => {
        const html = "<!DOCTYPE html><title>Another origin</title>";
        const server = createServer((_, response) => response.setHeader("Content-Type", "text/html").end(html));
        await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
        try {
            const stranger = await browser.newPage();
            const answers = [];
            stranger.on("response", (response) => {
                if (response.url().includes("/__emulator/")) {
                    answers.push(response.status());
                }
            });
            await stranger.goto(`http://127.0.0.1:${server.address().port}/`);
            const outcomes = await stranger.evaluate(async (emulator) => {
                const tries = [
                    ["/__emulator/reset", { method: "POST", mode: "no-cors", body: "{}" }],
                    ["/__emulator/state", { mode: "no-cors" }],
                    ["/__emulator/state", {}],
                    ["/__emulator/faults", { method: "DELETE" }],
                ];
                const results = [];
                for (const [path, init] of tries) {
                    results.push(await fetch(emulator + path, init).then((r) => r.type, () => "failed"));
                }
                return results;
            }, address.replace(/\/$/, ""));

            assert.deepEqual(outcomes, ["opaque", "opaque", "failed", "failed"]);
            assert.ok(answers.length >= 2);
            assert.deepEqual([...new Set(answers)], [403]);
            await stranger.close();
            await row("users", user.communicationUserId).waitFor();
        } finally {
            server.close();
        }
    });

    it("forgets everything when reset", async () => {
        await press("Reset");
        await status("are gone");

        await page.locator("#user-count", { hasText: /^0$/ }).waitFor();
        assert.equal(await page.locator("#calls tr").count(), 0);
        await client.createUser();
        await row("calls", "CREATE_USER").waitFor();
    });

    it("runs without complaints of the browser", () => {
        assert.deepEqual(complaints, []);
    });
});
