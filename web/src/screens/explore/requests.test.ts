import { describe, expect, it } from "vitest";
import { ASKING } from "./query";
import { durationsRequest, funnelRequest, pathsRequest, variantsRequest } from "./requests";

const FILTERS = { channels: ["post"] };

describe("requests", () => {
  it("wait for steps and for an anchor", () => {
    expect(funnelRequest(ASKING, {})).toBeNull();
    expect(pathsRequest(ASKING, {})).toBeNull();
  });

  it("use the fields that the server knows", () => {
    expect(funnelRequest({ ...ASKING, steps: ["a"], within: "7d", grain: "case" }, FILTERS)).toEqual({
      grain: "case", by_event_name: false, filters: FILTERS, steps: ["a"], within: "7d",
    });
    expect(durationsRequest({ ...ASKING, split: "channel", byEventName: true }, {})).toEqual({
      grain: "person", by_event_name: true, filters: {}, from: "@first", to: "@last", by: "channel", of: "touchpoint",
    });
    expect(pathsRequest({ ...ASKING, anchor: "a", direction: "around" }, {})).toEqual({
      grain: "person", by_event_name: false, filters: {}, anchor: "a", direction: "around", depth: 5, collapse: false,
    });
    expect(variantsRequest({ ...ASKING, by: "stage", top: 50 }, {})).toMatchObject({ by: "stage", top: 50, collapse: false });
  });
});
