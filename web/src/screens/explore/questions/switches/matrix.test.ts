import { describe, expect, it } from "vitest";
import type { Switch } from "../../../../core/types";
import { between, channelsOf, highest, several } from "./matrix";

const one = (from: string, to: string, count: number) => ({ from, to, count }) as Switch;
const switches = [one("web", "phone", 10), one("phone", "web", 4), one("shop", "web", 7)];

describe("the matrix of switches", () => {
  it("begins with the channel that is met most", () => expect(channelsOf(switches)).toEqual(["web", "phone", "shop"]));
  it("finds a switch by its ends, in its direction", () => {
    expect(between(switches, "phone", "web")?.count).toBe(4);
    expect(between(switches, "web", "shop")).toBeNull();
  });
  it("is heated by the commonest", () => expect([highest(switches), highest([])]).toEqual([10, 1]));
});

it("counts those with several channels", () => {
  const channels = [{ channels: 1, people: 60, share: 0.6 }, { channels: 2, people: 30, share: 0.3 }, { channels: 3, people: 10, share: 0.1 }];
  expect(several({ channels, people_with_channel: 100 })).toEqual({ people: 40, of: 100, share: 0.4 });
  expect(several({ channels: [], people_with_channel: 0 }).share).toBe(0);
});
