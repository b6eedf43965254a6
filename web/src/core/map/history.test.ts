import { describe, expect, it } from "vitest";
import type { Entry, KeptVersion } from "./api";
import { doings, sittings } from "./history";

const entry = (version: number, minute: number, commands: Entry["commands"], more: Partial<Entry> = {}): Entry => ({
  version, id: `id-${version}`, at: new Date(Date.UTC(2026, 10, 21, 9, minute)).toISOString(), author: "ana", commands, inverse: [], undoes: null, ...more,
});
const kept = (version: number, label: string): KeptVersion => ({ version, label, at: "", author: "ana", measured: false, safety: false });

describe("history", () => {
  it("counts commands by name, inside batches too", () => {
    const inner = { do: "batch", commands: [{ do: "card.add" }, { do: "card.add" }, { do: "batch", commands: [{ do: "step.move" }] }] };
    expect(doings([{ do: "card.set" }, inner, { do: "card.set" }])).toEqual([{ name: "card.set", n: 2 }, { name: "card.add", n: 2 }, { name: "step.move", n: 1 }]);
  });
  it("joins what one person does without a pause of ten minutes", () => {
    const found = sittings([entry(2, 9, [{ do: "card.add" }]), entry(1, 0, [{ do: "card.add" }]), entry(3, 20, [{ do: "lane.add" }]), entry(4, 21, [{ do: "lane.add" }], { author: "ivo" })], []);
    expect(found.map((s) => [s.from, s.to, s.author])).toEqual([[4, 4, "ivo"], [3, 3, "ana"], [1, 2, "ana"]]);
    expect(found[2]!.doings).toEqual([{ name: "card.add", n: 2 }]);
  });
  it("ends a sitting at a kept version and counts what was taken back apart", () => {
    const found = sittings([entry(1, 0, [{ do: "card.add" }]), entry(2, 1, [{ do: "card.remove" }], { undoes: 1 }), entry(3, 2, [{ do: "map.set" }])], [kept(2, "Board meeting")]);
    expect(found.map((s) => [s.from, s.to, s.undone, s.kept.map((k) => k.label)])).toEqual([[3, 3, 0, []], [1, 2, 1, ["Board meeting"]]]);
    expect(found[1]!.doings).toEqual([{ name: "card.add", n: 1 }]);
  });
});
