import { expect, it } from "vitest";
import { partOf, streamOf, wayTo } from "./address";

it("shows the stream for what it does not know", () => {
  expect([partOf([]), partOf(["nothing"]), partOf(["themes"]), partOf(["forms", "new"])]).toEqual(["stream", "stream", "themes", "forms"]);
});

it("keeps days and channels on the way to another part, and nothing else", () => {
  const query = new URLSearchParams("since=2026-01-01&channel=web&channel=app&touchpoint=Basket&from=25");
  expect(wayTo("themes", query)).toBe("/voice/themes?since=2026-01-01&channel=web&channel=app");
  expect(wayTo("stream", new URLSearchParams())).toBe("/voice");
  expect(streamOf("Call centre", query, { scale: "nps" })).toBe("/voice?since=2026-01-01&channel=web&channel=app&touchpoint=Call+centre&scale=nps");
});
