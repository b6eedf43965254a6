import { describe, expect, it, vi } from "vitest";
import { ApiError, client } from "./api";
import { mapApi } from "./map/api";

function setup(answer: () => Promise<Response>) {
  const fetched = vi.fn<typeof fetch>(answer);
  return { fetched, api: client({ language: () => "pl", unreachable: () => "Serwer nie odpowiada.", fetch: fetched }) };
}
const json = (body: unknown, status = 200) => () => Promise.resolve(new Response(JSON.stringify(body), { status }));

describe("requests", () => {
  it("ask in the user's language", async () => {
    const { api, fetched } = setup(json({}));
    await api.status();
    expect(fetched.mock.calls[0]?.[0]).toBe("/api/status");
    expect(new Headers(fetched.mock.calls[0]?.[1]?.headers).get("Accept-Language")).toBe("pl");
  });

  it("write names and filters into the address", async () => {
    const { api, fetched } = setup(json({}));
    await mapApi(api, () => "pl").measured("a/b?", { filters: { channels: ["web", "e-mail"], traits: { age: ["19-24"] } } });
    expect(fetched.mock.calls[0]?.[0]).toBe("/api/maps/a%2Fb%3F/measured?channel=web&channel=e-mail&trait=age%3A19-24");
  });

  it("send questions as JSON and files as a form", async () => {
    const { api, fetched } = setup(json({}));
    await api.ask("funnel", { steps: ["A", "B"], within: "7d" });
    await api.upload(new File(["x"], "x.csv"));
    expect(JSON.parse(String(fetched.mock.calls[0]?.[1]?.body))).toEqual({ steps: ["A", "B"], within: "7d" });
    expect(fetched.mock.calls[1]?.[1]?.body).toBeInstanceOf(FormData);
    expect(new Headers(fetched.mock.calls[1]?.[1]?.headers).has("Content-Type")).toBe(false);
  });

  it("leave out empty parameters", async () => {
    const { api, fetched } = setup(json({}));
    await api.timeline("customer_id:7", 50, null);
    expect(fetched.mock.calls[0]?.[0]).toBe("/api/people/customer_id%3A7/timeline?limit=50");
  });
});

describe("errors", () => {
  it("carry the server's code and sentence", async () => {
    const { api } = setup(json({ error: { code: "unknown_map", message: "Nie ma takiej mapy.", details: { name: "x" } } }, 404));
    await expect(mapApi(api, () => "pl").sheet("x")).rejects.toMatchObject({ code: "unknown_map", message: "Nie ma takiej mapy.", status: 404, details: { name: "x" } });
  });

  it("are sentences also when the server is away or speaks no JSON", async () => {
    const away = setup(() => Promise.reject(new TypeError("failed")));
    await expect(away.api.status()).rejects.toMatchObject({ code: "unreachable", message: "Serwer nie odpowiada." });
    const garbled = setup(() => Promise.resolve(new Response("<html>", { status: 502 })));
    await expect(garbled.api.status()).rejects.toBeInstanceOf(ApiError);
  });

  it("of an aborted request are passed on as they are", async () => {
    const stop = new AbortController();
    stop.abort();
    const { api } = setup(() => Promise.reject(new DOMException("stopped", "AbortError")));
    await expect(api.status({ signal: stop.signal })).rejects.toBeInstanceOf(DOMException);
  });
});
