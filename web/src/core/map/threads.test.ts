import { describe, expect, it } from "vitest";
import type { Comment } from "./api";
import { openOn, threads, visible } from "./threads";

const comment = (id: string, more: Partial<Comment> = {}): Comment => ({ id, on: "c1", text: id, author: "local", at: `2026-11-21T09:0${id.length}:00Z`, resolved: false, reply_to: null, ...more });

describe("threads", () => {
  const all = [comment("a"), comment("bbb", { author: "ivo", reply_to: "a" }), comment("cc", { author: "ivo", on: "c2" }), comment("dddd", { resolved: true }), comment("eeeee", { reply_to: "gone", on: null })];
  it("gathers answers under the first comment, newest thread first", () => {
    expect(threads(all).map((t) => [t.first.id, t.replies.map((r) => r.id)])).toEqual([["eeeee", []], ["dddd", []], ["cc", []], ["a", ["bbb"]]]);
  });
  it("shows open ones, resolved ones, or those one takes part in", () => {
    const ids = (show: "open" | "resolved" | "mine", me?: string) => visible(threads(all), show, me).map((t) => t.first.id);
    expect(ids("open")).toEqual(["eeeee", "cc", "a"]);
    expect(ids("resolved")).toEqual(["dddd"]);
    expect(ids("mine", "ivo")).toEqual(["cc", "a"]);
  });
  it("counts open threads, not comments, on each thing", () => {
    expect([...openOn(all)].toSorted()).toEqual([["c1", 1], ["c2", 1]]);
  });
});
